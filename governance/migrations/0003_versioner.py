from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0002_kinds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="move",
            name="kind",
            field=models.CharField(
                choices=[
                    ("skapa", "Skapa"),
                    ("lamna_in", "Lämna in"),
                    ("ta_upp", "Ta upp"),
                    ("begar_komplettering", "Begär komplettering"),
                    ("lamna_komplettering", "Lämna komplettering"),
                    ("vidare", "Skicka vidare till nästa beredning"),
                    ("tillbaka", "Skicka tillbaka till föregående beredning"),
                    ("anmal", "Anmäl till beslut"),
                    ("bifall", "Bifall"),
                    ("avslag", "Avslag"),
                    ("aterremiss", "Återremiss"),
                    ("bordlaggning", "Bordläggning"),
                    ("overlamna", "Lämna över till beslut i ett annat organ"),
                    ("starta_forstudie", "Starta förstudie"),
                    ("beslut_efter_forstudie", "Beslut efter förstudie"),
                    ("starta", "Starta"),
                    ("pausa", "Pausa"),
                    ("ateruppta", "Återuppta"),
                    ("paborja_uppfoljning", "Påbörja uppföljning"),
                    ("fortsatt", "Fortsätt"),
                    ("andringsbeslut", "Ändringsbeslut"),
                    ("breddinfor", "Beslut om breddinförande"),
                    ("slutfor", "Slutför"),
                    ("avbryt", "Avbryt"),
                    ("aterkalla", "Återkalla"),
                    ("byt_ansvarig_grupp", "Byt ansvarig grupp"),
                    ("flytta_version", "Flytta till en annan version"),
                ],
                max_length=30,
                verbose_name="slag",
            ),
        ),
    ]

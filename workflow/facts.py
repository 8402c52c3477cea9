"""The only reader of what gates need to know beside content: rounds, statements, proposals, decisions, avsteg."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from governance import prepared
from governance.vocabulary import RequirementCode
from satsningar.content import MANY, ONE
from workflow.vocabulary import Avstegslage


@dataclass(frozen=True, slots=True)
class KnownAvsteg:
    """An avsteg of a case: for which requirement of which gate, and how it stands.

    `said` holds, for one that is granted and has not ended, its words: who asked (`by`, `body`, `on`, `reason`) and
    who granted (`granted_by`, `granted_body`, `granted_on`, `answer`); days as ISO text.
    """

    id: int
    gate: str
    requirement: RequirementCode
    state: Avstegslage
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Approval:
    """The newest decision by which a case was approved: the move, where it left from, and in which version."""

    version_id: int
    station: str
    move: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What has been done around a case, as it stood at one moment."""

    open_remisser: int = 0
    held_remisser: int = 0
    confirmed: frozenset[int] = frozenset()
    unanswered_parts: tuple[str, ...] = ()
    requested_parts: frozenset[str] = frozenset()
    proposed_parts: tuple[str, ...] = ()
    proposed_late: bool = False
    """A proposed change was written after the open anmälan: it is not what lies on the table."""
    statements: tuple[tuple[bool, bool, bool], ...] = ()
    amended: bool = False
    worked_in: bool = False
    open_anmalan: int | None = None
    open_rounds: int = 0
    registered: bool = False
    """The case was registered afterwards: its journal begins where it stood then."""
    writing_in: bool = False
    """What it held before is still being written in."""
    has_source: bool = False
    """The case was begun from something."""
    copied_parts: tuple[str, ...] = ()
    """Parts that were copied from somewhere and that nobody has looked through yet."""
    avsteg: tuple[KnownAvsteg, ...] = ()
    approval: Approval | None = None
    has_invited: bool = False
    """Somebody outside the group is invited to it, or takes part already."""

    @property
    def waived(self) -> frozenset[tuple[str, RequirementCode]]:
        """Return gate and requirement of every avsteg that holds now."""
        return frozenset((one.gate, one.requirement) for one in self.avsteg if one.state == Avstegslage.MEDGIVET)


_FACTS = """
SELECT s.id,
  (SELECT count(*) FROM workflow_round r WHERE r.satsning_id = s.id AND r.kind = 'remiss' AND r.closed_at IS NULL),
  (SELECT count(*) FROM workflow_round r WHERE r.satsning_id = s.id AND r.kind = 'remiss'
     AND r.closed_at IS NOT NULL AND r.ending <> 'dragen'),
  ARRAY(SELECT newest.organisation_id FROM (
     SELECT DISTINCT ON (b.organisation_id) b.organisation_id, a.stance
     FROM workflow_round r JOIN workflow_roundanswer a ON a.round_id = r.id JOIN governance_body b ON b.id = a.body_id
     WHERE r.satsning_id = s.id AND r.kind = 'resursbekraftelse' AND r.ending <> 'dragen'
     AND a.state IN ('besvarad', 'avbojd')
     AND b.organisation_id IS NOT NULL ORDER BY b.organisation_id, a.answered_at DESC, a.id DESC
     ) newest WHERE newest.stance = 'bekraftar'),
  ARRAY(SELECT k.part FROM workflow_komplettering k WHERE k.satsning_id = s.id AND k.closed_at IS NULL
     AND ((k.svar = '' AND NOT k.gathers_only) OR EXISTS (
       SELECT FROM workflow_kommentarbegaran g WHERE g.komplettering_id = k.id AND coalesce((
         SELECT i.state FROM workflow_kommentarsinlagg i WHERE i.kommentar_id = g.kommentar_id
         ORDER BY i.id DESC LIMIT 1), 'oppen') = 'oppen')) ORDER BY k.id),
  ARRAY(SELECT k.part FROM workflow_komplettering k WHERE k.satsning_id = s.id AND k.closed_at IS NULL),
  ARRAY(SELECT f.part FROM workflow_andringsforslag f WHERE f.satsning_id = s.id AND f.closed_at IS NULL
     ORDER BY f.id),
  (SELECT json_agg(json_build_array(u.text <> '', u.rekommendation <> '', u.forslag <> ''))
     FROM workflow_utlatande u WHERE u.satsning_id = s.id),
  (SELECT max(d.recorded_at) FROM workflow_beslut d WHERE d.satsning_id = s.id
     AND d.kind IN ('bifall', 'beslut_efter_forstudie', 'andringsbeslut')
     AND (d.amended_wording <> '' OR d.condition <> '')),
  (SELECT i.saved_at FROM satsningar_inarbetning i WHERE i.satsning_id = s.id AND i.hur <> ''),
  (SELECT a.id FROM workflow_anmalan a WHERE a.satsning_id = s.id AND a.closed_at IS NULL),
  (SELECT count(*) FROM workflow_round r WHERE r.satsning_id = s.id AND r.closed_at IS NULL),
  EXISTS (SELECT FROM workflow_registrering r WHERE r.satsning_id = s.id),
  EXISTS (SELECT FROM workflow_journalentry j WHERE j.satsning_id = s.id AND j.act = 'inskrivning_klar'),
  EXISTS (SELECT FROM workflow_forlaga f WHERE f.satsning_id = s.id),
  ARRAY(SELECT k.part FROM workflow_kopieraddel k WHERE k.satsning_id = s.id AND k.reviewed_at IS NULL ORDER BY k.id),
  EXISTS (SELECT FROM workflow_andringsforslag f JOIN workflow_anmalan a ON a.satsning_id = f.satsning_id
     AND a.closed_at IS NULL WHERE f.satsning_id = s.id AND f.closed_at IS NULL AND f.saved_at > a.opened_at),
  (SELECT json_agg(json_build_array(w.id, w.gate, w.requirement, w.state, CASE w.state WHEN 'medgivet' THEN
     json_build_object('by', asker.name, 'body', asking.name, 'on', (w.asked_at AT TIME ZONE 'Europe/Stockholm')::date,
       'reason', w.reason, 'granted_by', granter.name, 'granted_body', granting.name,
       'granted_on', (w.answered_at AT TIME ZONE 'Europe/Stockholm')::date, 'answer', w.answer) END) ORDER BY w.id)
   FROM (SELECT a.*, v.by_id, v.by_body_id, v.at AS answered_at, v.reason AS answer, CASE
       WHEN v.id IS NULL THEN CASE WHEN a.version_id = s.version_id THEN 'begart' ELSE 'forfallet' END
       WHEN v.outcome = 'medgivet' AND (e.id IS NOT NULL OR a.version_id <> s.version_id) THEN 'upphort'
       ELSE v.outcome END AS state
     FROM workflow_avsteg a LEFT JOIN workflow_avstegssvar v ON v.avsteg_id = a.id
     LEFT JOIN workflow_avstegsslut e ON e.avsteg_id = a.id WHERE a.satsning_id = s.id) w
   JOIN governance_person asker ON asker.id = w.asked_by_id
   JOIN governance_body asking ON asking.id = w.asked_by_body_id
   LEFT JOIN governance_person granter ON granter.id = w.by_id
   LEFT JOIN governance_body granting ON granting.id = w.by_body_id),
  (SELECT json_build_array(j.version_id, j.from_station, d.move)
   FROM workflow_beslut d JOIN workflow_journalentry j ON j.satsning_id = s.id AND j.act_id = d.act_id
   WHERE d.satsning_id = s.id AND d.kind IN ('bifall', 'beslut_efter_forstudie', 'andringsbeslut')
   ORDER BY d.id DESC LIMIT 1),
  EXISTS (SELECT FROM workflow_medforfattare m WHERE m.satsning_id = s.id AND m.ended_at IS NULL)
FROM satsningar_satsning s WHERE s.id """
_OF_ONE, _OF_MANY = _FACTS + ONE, _FACTS + MANY


def read_many(ids: Collection[int]) -> dict[int, Facts]:
    """Return the facts of several cases by id, in one statement."""
    if not ids:
        return {}
    return {row[0]: _facts(row) for row in prepared.fetch_all(_OF_MANY, [list(ids)])}


def read(satsning_id: int) -> Facts:
    """Return the facts of one case, in one statement."""
    [row] = prepared.fetch_all(_OF_ONE, [satsning_id])
    return _facts(row)


def _facts(row: prepared.Row) -> Facts:
    return Facts(
        open_remisser=row[1],
        held_remisser=row[2],
        confirmed=frozenset(row[3]),
        unanswered_parts=tuple(row[4]),
        requested_parts=frozenset(row[5]),
        proposed_parts=tuple(row[6]),
        statements=tuple((text, advice, wording) for text, advice, wording in row[7] or ()),
        amended=row[8] is not None,
        worked_in=row[8] is not None and row[9] is not None and row[9] > row[8],
        open_anmalan=row[10],
        open_rounds=row[11],
        registered=row[12],
        writing_in=row[12] and not row[13],
        has_source=row[14],
        copied_parts=tuple(row[15]),
        proposed_late=row[16],
        avsteg=tuple(
            KnownAvsteg(id_, gate, RequirementCode(requirement), Avstegslage(state), said or {})
            for id_, gate, requirement, state, said in row[17] or ()
        ),
        approval=Approval(*row[18]) if row[18] else None,
        has_invited=row[19],
    )

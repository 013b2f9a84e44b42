"""One case of a workload: who takes part, whether they agree, and then how fast they are."""
import math
import statistics
import time
from dataclasses import dataclass, field
from typing import Callable

from measure import Failed, Sample

OURS = "this project"
FLOOR = "lower bound"


@dataclass
class Limits:
    """Seconds."""

    trusted: float  # after which ours and those that it has to agree with are stopped
    others: float  # the same of all others
    patience: float  # for one contender in one case; after that it is not run again


@dataclass
class Contender:
    name: str
    run: Callable[[float], Sample]  # gets the seconds after which it is stopped
    trusted: bool = False  # ours must agree with it, or the case fails


@dataclass
class Case:
    workload: str  # "L1"
    name: str  # "N300_old"
    contenders: list
    floor: str = ""  # what the lower bound is, in words
    ratios: dict = field(default_factory=dict)  # contender: ours at least so many times faster
    bound: float | None = None  # ours at most so many times the lower bound
    most: dict = field(default_factory=dict)  # of what ours counts
    model: Callable | None = None  # Sample of ours: seconds that no program can save
    settle: Callable = lambda name, sample: sample.facts  # those that are looked for once
    end: Callable = lambda: None  # afterwards


@dataclass
class Standing:
    name: str
    seconds: list = field(default_factory=list)
    memory: int = 0
    counts: dict = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    reason: str = ""  # why there is no figure

    def add(self, sample):
        self.seconds.append(sample.seconds)
        self.memory = max(self.memory, sample.memory or 0)
        self.counts = sample.counts

    @property
    def median(self):
        return statistics.median(self.seconds) if self.seconds else None


@dataclass
class Result:
    case: Case
    standings: list
    failure: str = ""

    def of(self, name):
        return next((s for s in self.standings if s.name == name), None)

    def ratio(self, name):
        """How many times as long as ours somebody took."""
        ours, other = self.of(OURS), self.of(name)
        if not (ours and other and ours.median and other.median):
            return None
        return other.median / ours.median

    def missed(self):
        """Targets that were not reached, in words."""
        if self.failure:
            return [self.failure]
        out = []
        for name, wanted in self.case.ratios.items():
            got = self.ratio(name)
            if got is not None and got < wanted:
                out.append(f"{got:.3g} times as fast as {name}; {wanted:g} wanted")
        got = self.ratio(FLOOR)
        if self.case.bound and got and 1 / got > self.case.bound:
            out.append(f"{1 / got:.2f} times its {FLOOR}; {self.case.bound:g} wanted")
        for name, wanted in self.case.most.items():
            got = self.of(OURS).counts.get(name)
            if got is not None and got > wanted:
                out.append(f"{name} is {got:.3g}; at most {wanted:g} wanted")
        return out


def differences(mine, theirs):
    """Between the facts that both have."""
    common = [key for key in mine if key in theirs]
    if not common:
        return ["there is nothing to compare"]
    return [
        f"{key} is {theirs[key]}, not {mine[key]}" for key in common if not same(mine[key], theirs[key])
    ]


def same(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-9)
    return a == b


def first_runs(case, limits, tell):
    """Everyone once; whoever cannot or finds something else has a reason instead of figures."""
    standings, first = [], {}
    for contender in case.contenders:
        standing = Standing(contender.name)
        standings.append(standing)
        tell(f"{contender.name}: once, for comparison")
        try:
            own = contender.name in (OURS, FLOOR) or contender.trusted
            sample = contender.run(limits.trusted if own else limits.others)
            first[contender.name] = sample.seconds, sample
            standing.facts = case.settle(contender.name, sample)
        except Failed as why:
            standing.reason = str(why)
    return standings, first


def check(case, standings):
    """\\return why the case is not timed, or nothing"""
    ours = next(s for s in standings if s.name == OURS)
    if ours.reason:
        return f"{OURS}: {ours.reason}"
    for contender, standing in zip(case.contenders, standings):
        if standing is ours or standing.reason or contender.name == FLOOR:
            continue
        wrong = differences(ours.facts, standing.facts)
        if wrong and contender.trusted:
            return f"{contender.name} finds something else: {'; '.join(wrong)}"
        if wrong:
            standing.reason = f"finds something else: {'; '.join(wrong)}"
    return ""


def race(case, runs, limits, tell):
    """By turns, `runs` times each. Others than ours that took longer than `limits.patience` so far are
    not run again; whose first run took as long has that one as its only figure."""
    standings, first = first_runs(case, limits, tell)
    result = Result(case, standings, check(case, standings))
    if result.failure:
        return result
    spent = {standing.name: first[standing.name][0] for standing in standings if not standing.reason}
    for standing in standings:
        is_peer = standing.name not in (OURS, FLOOR)
        if is_peer and not standing.reason and spent[standing.name] >= limits.patience:
            standing.add(first[standing.name][1])
    for round_ in range(runs):
        for contender, standing in zip(case.contenders, standings):
            always = contender.name in (OURS, FLOOR)
            if standing.reason or not always and spent[contender.name] >= limits.patience:
                continue
            tell(f"{contender.name}: run {round_ + 1} of {runs}")
            begin = time.perf_counter()
            try:
                standing.add(contender.run(limits.trusted))
            except Failed as why:
                standing.reason = f"worked once, then not: {why}"
            spent[contender.name] += time.perf_counter() - begin
    add_model(result)
    return result


def add_model(result):
    """A lower bound that is computed from what ours had to do."""
    if result.case.model is None:
        return
    floor = Standing(FLOOR)
    floor.seconds = [result.case.model(result.of(OURS))]
    result.standings.append(floor)

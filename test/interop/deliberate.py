"""Where our document differs from Python lindi's on purpose, each with its reason.

Two lists for the oracle's cases, one list of rules for the corpus. A difference that no entry
allows fails its test, and what is allowed to differ has to read right (values.py).
"""
import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Better:
    reason: str
    differs: str  # regular expression over the differences of compare_rfs
    accepted: str = "(?!)"  # the same over those of values.py: what has no readable form

    def allows(self, difference):
        return re.search(self.differs, difference)

    def accepts(self, difference):
        return re.search(self.accepted, difference)


# Cases that Python lindi converts, but wrongly.
CONVERTED = {
    "misc_userblock": Better(
        "older libhdf5 forgets the user block in chunk addresses", r"^chunked/\d: reference: "
    ),
    "st_fletcher_all": Better(
        "its padding moves the checksum: left off when it comes last, with its four bytes",
        r"^x/.*: (codecs|reference): |^y/",  # y: not last, so inlined
    ),
    "st_gzip_then_shuffle": Better(
        "shuffle moved to the front decodes to garbage: inlined",
        r"/\.zarray: (codecs|chunks|fill_value): |/[\d.]+: chunk only in A|/0: ",
    ),
    "st_double_deflate": Better("a filter that is there twice runs twice", r"zlib|reference|chunk"),
    "st_filter_mask": Better(
        "chunks that skipped a filter have no Zarr form: linked",
        r"\.zattrs: only in B|_EXTERNAL_ARRAY_LINK|chunk only in A|codecs",
    ),
    "dt_compound_vlenstr": Better(
        "a text field of a compound labelled as a reference cannot be read", r"_COMPOUND_DTYPE"
    ),
    "dt_custom_float": Better(
        "the stored bytes are no IEEE floats: converted", r""
    ),
    "dt_int_precision": Better(
        "the sign bit is not the top bit of the stored bytes: converted", r""
    ),
    "ln_soft_group": Better("relative links would be resolved from the root", r"_SOFT_LINK"),
    "ln_soft_dataset": Better("relative links would be resolved from the root", r"_SOFT_LINK"),
    "st_many_chunks": Better(
        "inlined data stay inline", r"^\w+/(\.zattrs: (only in A|'_EXTERNAL_ARRAY_LINK' only in A)|0: chunk only in B)"
    ),
    "st_many_chunks_inline": Better(
        "inlined data stay inline", r"^\w+/(\.zattrs: (only in A|'_EXTERNAL_ARRAY_LINK' only in A)|0: chunk only in B)"
    ),
    "at_names": Better(
        "a user's _SCALAR makes the array unreadable", r"'_SCALAR' only in A", r"@_SCALAR: left out"
    ),
    "at_string_nan_in_list": Better(
        "the text NaN in a list makes reading the attribute fail", r"\.zattrs: only in A", r"@\w+: left out"
    ),
    "at_reserved": Better(
        "attributes with reserved names would break reading",
        r"\.zattrs: |chunk only in ",
        r"@_[A-Z_]+: left out",
    ),
}

NO_FORM = "no LINDI form: left out, and said so"
LINKED = "a filter or storage without a Zarr form: linked, read through HDF5"


def _left_out(what, reason=NO_FORM):
    return Better(reason, "", rf"{what}: left out")


# Cases that Python lindi refuses as a whole. Nothing to compare with: the values decide.
REFUSED = {
    "err_at_complex": _left_out("@.*"),
    "err_at_complex_array": _left_out("@.*"),
    "err_at_compound": _left_out("@.*"),
    "err_at_compound_array": _left_out("@.*"),
    "err_at_dim_scale_attached": _left_out("@(DIMENSION_LIST|REFERENCE_LIST)"),
    "err_at_empty": _left_out("@.*"),
    "err_at_empty_str": _left_out("@.*"),
    "err_at_fixed_badutf8": _left_out("@.*"),
    "err_at_objectid_array": _left_out("@.*"),
    "err_at_objref_array": _left_out("@.*"),
    "err_at_objref_deleted": _left_out("@.*"),
    "err_at_objref_null": _left_out("@.*"),
    "err_at_opaque": _left_out("@.*"),
    "err_at_string_infinity": _left_out("@.*", "the text would be read back as a number"),
    "err_at_string_nan": _left_out("@.*", "the text would be read back as a number"),
    "err_at_vlen_num": _left_out("@.*"),
    "err_dt_array_type": Better("the array's dimensions are appended to the shape", ""),
    "err_dt_complex": Better("Zarr has complex numbers", ""),
    "err_dt_complex_large": Better("Zarr has complex numbers", ""),
    "err_dt_compound_array": Better("flattened: a_0, a_1", "", r"^/x: \[\[1, 1\.0, 2\.0, 3\.0\]\]"),
    "err_dt_compound_nested": Better("flattened: in.p, in.q", "", r"^/x: \[\[1, 2, 3\]\]"),
    "err_dt_compound_scalar": Better(
        "lindi reads fields in one dimension only", "", r"shape \(1,\), want \(\)"
    ),
    "err_dt_datetime_opaque": Better("Zarr has dates", ""),
    "err_dt_int3": Better("widened to a size that Zarr has", ""),
    "err_dt_objref_null": Better("a null reference is null", ""),
    "err_dt_objref_scalar": Better("the one element of an array marked as scalar", ""),
    "err_dt_opaque": Better("Zarr has opaque bytes", ""),
    "err_dt_time": _left_out("/[^@]*"),
    "err_dt_vlen_num": Better("lists of numbers", ""),
    "err_dt_vlen_str_badutf8": _left_out("/[^@]*", "JSON text is Unicode"),
    "err_ln_external": _left_out("/[^@]*"),
    "err_ln_external_same": _left_out("/[^@]*"),
    "err_ln_hard_cycle": Better("a soft link to the group above", ""),
    "err_ln_soft_dangling": _left_out("/[^@]*"),
    "err_ln_soft_self": _left_out("/[^@]*"),
    "err_sc_complex": Better("Zarr has complex numbers", ""),
    "err_sc_opaque": Better("Zarr has opaque bytes", ""),
    "err_st_bitshuffle": Better(LINKED, ""),
    "err_st_compact_large": Better("inlined: its bytes lie in an object header", ""),
    "err_st_contig_big_unwritten": Better("never written: no chunks, the fill value reads", ""),
    "err_st_contig_unwritten": Better("never written: no chunks, the fill value reads", ""),
    "err_st_external": Better(LINKED, ""),
    "err_st_lz4": Better(LINKED, ""),
    "err_st_lzf": Better(LINKED, ""),
    "err_st_nbit": Better(LINKED, "", "datatype has unusually large # of unused bits"),
    "err_st_null_space": _left_out("/[^@]*"),
    "err_st_scaleoffset": Better(LINKED, ""),
    "err_st_split_unalloc": Better("never written: no chunks, the fill value reads", ""),
    "err_st_undefined_fill": Better("an undefined fill value is as good as zero", ""),
    "err_st_unknown_filter": Better(LINKED, ""),
    "err_st_virtual": Better(LINKED, ""),
    "err_st_zero_bool": Better("zero size needs no chunk", ""),
    "err_st_zstd_nolevel": Better(LINKED, ""),
}


@dataclass(frozen=True)
class Rule:
    """A difference that may occur in any corpus file."""

    name: str
    differs: str
    holds: object = lambda truth, match: True  # (truth of the file, the match) -> bool
    unreadable: str = ""  # regular expression: what Python lindi cannot read in either form


def _moved_by_user_block(truth, match):
    theirs, ours = int(match["theirs"]), int(match["ours"])
    return ours - theirs == truth["file_info"]["userblock"] > 0


def _object(truth, match):
    path = "/" + match["path"]
    return next((thing for thing in truth["objects"] if thing["path"] == path), {})


def _has_masked_chunks(truth, match):
    return bool(_object(truth, match).get("chunks", {}).get("n_masked"))


# Filters that the engine can undo; data behind any other are linked.
BUILT_IN = {1, 2, 3, 4, 5, 6, 307, 32000, 32001, 32004, 32008, 32015}


def _has_other_filter(truth, match):
    return any(f["id"] not in BUILT_IN for f in _object(truth, match).get("filters", []))


def _is_virtual(truth, match):
    return _object(truth, match).get("layout") == "virtual"


def _member_classes(truth, match):
    members = _object(truth, match).get("dtype", {}).get("members", [])
    return {member["dtype"]["class"] for member in members}


RULES = [
    Rule(
        "user block: chunk addresses counted from the start of the file",
        r"reference: \(.*, (?P<theirs>\d+), (?P<size>\d+)\) != \(.*, (?P<ours>\d+), (?P=size)\)$",
        _moved_by_user_block,
    ),
    Rule(
        "masked chunks: linked, as no Zarr pipeline can skip a filter",
        r"^(?P<path>.*)/(\.zattrs: '_EXTERNAL_ARRAY_LINK' only in B|\.zarray: codecs"
        r"|[\d.]+: chunk only in A)",
        _has_masked_chunks,
    ),
    Rule(
        "fletcher32 comes last: left off, with its four bytes",
        r"\.zarray: codecs: .*fletcher32.* != (?!.*fletcher32)",
    ),
    Rule(
        "fletcher32 comes last: left off, with its four bytes",
        r"reference: \((?P<start>.*, \d+), (?P<theirs>\d+)\) != \((?P=start), (?P<ours>\d+)\)$",
        lambda truth, match: int(match["theirs"]) - int(match["ours"]) == 4,
    ),
    Rule("a filter that is there twice runs twice", r"\.zarray: codecs: .* != .*zlib.*zlib"),
    Rule(
        "relative soft links: made absolute",
        r"\.zattrs: '_SOFT_LINK': \{'path': '[^/].*'\} != \{'path': '/",
    ),
    Rule(
        "inlined data stay inline, however many chunks",
        r"'_EXTERNAL_ARRAY_LINK' only in A|/[0.]+: chunk only in B",
    ),
    Rule(
        "text fields of compounds: labelled as text",
        r"^(?P<path>.*)/\.zattrs: '_COMPOUND_DTYPE': ",
        lambda truth, match: "vlen_string" in _member_classes(truth, match),
    ),
    Rule(
        "sequences in compounds: labelled as objects, no form can be read by field",
        r"^(?P<path>.*)/\.zattrs: '_COMPOUND_DTYPE': ",
        lambda truth, match: "vlen" in _member_classes(truth, match),
        unreadable="list indices must be integers or slices, not str",
    ),
    Rule(
        "a filter that is not built in: linked",
        r"^(?P<path>.*)/(\.zattrs: |[\d.]+: chunk only in A)",
        _has_other_filter,
        unreadable=r"cannot be read \(OSError",
    ),
    Rule(
        "virtual data whose sources are other files: linked, in the stored shape",
        r"^(?P<path>.*)/(\.zattrs: |\.zarray: |[\d.]+: chunk only in A)",
        _is_virtual,
        unreadable="^/",
    ),
]


def rule_for(difference, truth):
    for rule in RULES:
        match = re.search(rule.differs, difference)
        if match and rule.holds(truth, match):
            return rule
    return None

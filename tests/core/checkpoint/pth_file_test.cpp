#include "core/checkpoint/pth_file.h"

#include "core/checkpoint/checkpoint_file.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <algorithm>
#include <ostream>
#include <sys/resource.h>

namespace finebrush::testing {

namespace {

/// What must be said of a file of the reference's `malformed/pth`: a reason, or what it holds.
struct Verdict {
    const char* file;
    const char* reason;
    int tensors = 0;
    int elements = 0;
    int skipped = 0;
    const char* firstSkipped = "";
};

void PrintTo(const Verdict& verdict, std::ostream* stream) {
    *stream << verdict.file;
}

constexpr Verdict kVerdicts[] = {
    {"deep_list", "top-level object is not a dictionary of tensors"},
    {"empty", "file is empty"},
    {"evil_eval", "refused: file asks for Python object '__builtin__.eval', which is not tensor data"},
    {"evil_legacy", "refused: file asks for Python object 'posix.system', which is not tensor data"},
    {"evil_system", "refused: file asks for Python object 'posix.system', which is not tensor data"},
    {"huge_dims", "numel: integer multiplication overflow"},
    {"hugestr", "pickle string longer than file"},
    {"memo_oob", "pickle memo index out of range"},
    {"namespace", "refused: file asks for Python object 'argparse.Namespace', which is not tensor data"},
    {"neg_stride", "negative tensor size or stride"},
    {"numel_lie", "storage '0' holds 16 bytes, file claims 1000000 elements"},
    {"oob_negoffset", "bad tensor geometry"},
    {"oob_offset", "tensor reaches outside its storage '0'"},
    {"oob_size", "tensor reaches outside its storage '0'"},
    {"plaindict_bitflip", "checksum mismatch in record 'data/0': file is corrupted"},
    {"stack_underflow", "pickle stack underflow"},
    {"text", "not a PyTorch checkpoint (neither zip nor legacy signature)"},
    {"traversal", "record 'data/../../../../etc/passwd' missing"},
    {"whole_module",
     "refused: file asks for Python object 'torch.nn.modules.linear.Linear', which is not tensor data"},
    {"legacy", nullptr, 1, 6},
    {"medsam_like", nullptr, 8, 26, 2, "optimizer.param_groups"},
    {"ok", nullptr, 3, 12},
    {"param", nullptr, 1, 2},
    {"plaindict", nullptr, 3, 12},
    {"plainnested", nullptr, 1, 2, 5, "epoch"},
    {"train_ckpt", nullptr, 1, 6, 5, "epoch"},
};

class PthVerdict : public ::testing::TestWithParam<Verdict> {};

TEST_P(PthVerdict, AgreesWithTheReference) {
    const Verdict& verdict = GetParam();
    const auto file = referenceFolder() / "malformed/pth" / (std::string(verdict.file) + ".pth");
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "NOT TESTED: the reference is not here: " << file;

    const auto named = readCheckpoint(file);

    if (verdict.reason) {
        EXPECT_EQ(reasonOf(named), verdict.reason);
        return;
    }
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_EQ(named->tensors.size(), static_cast<size_t>(verdict.tensors));
    EXPECT_EQ(elementCount(*named), verdict.elements);
    EXPECT_EQ(named->skippedEntries, verdict.skipped);
    EXPECT_EQ(named->firstSkippedEntry, verdict.firstSkipped);
}

INSTANTIATE_TEST_SUITE_P(Reference, PthVerdict, ::testing::ValuesIn(kVerdicts),
                         [](const auto& info) { return std::string(info.param.file); });

std::string floats(const std::vector<float>& values) {
    return elementBytes(torch::tensor(values));
}

/// A storage of the four floats 1, 2, 3, 4, and files of one tensor over it.
const std::string kFourFloats = pickled::storage("0", "FloatStorage", 4);

Result<NamedTensors> readOverFourFloats(const std::string& opcodes) {
    return readPth(pthOf(opcodes, {floats({1, 2, 3, 4})}), "made.pth");
}

Result<NamedTensors> readTensor(int64_t offset, const std::vector<int64_t>& sizes,
                                const std::vector<int64_t>& strides) {
    return readOverFourFloats(pickled::dict({{"w", pickled::tensor(kFourFloats, offset, sizes, strides)}}));
}

}  // namespace

TEST(PthFile, ReadsEveryStorageType) {
    const std::pair<const char*, torch::ScalarType> types[] = {
        {"FloatStorage", torch::kFloat},       {"HalfStorage", torch::kHalf},
        {"BFloat16Storage", torch::kBFloat16}, {"DoubleStorage", torch::kDouble},
        {"LongStorage", torch::kLong},         {"IntStorage", torch::kInt},
        {"ShortStorage", torch::kShort},       {"CharStorage", torch::kChar},
        {"ByteStorage", torch::kByte},         {"BoolStorage", torch::kBool},
    };
    for (const auto& [name, type] : types) {
        const torch::Tensor expected = torch::tensor({1, 0, 3, 100}).to(type).view({2, 2});
        const auto opcodes = pickled::tensor(pickled::storage("0", name, 4), 0, {2, 2}, {2, 1});
        const auto named =
            readPth(pthOf(pickled::dict({{"w", opcodes}}), {elementBytes(expected)}), "made.pth");
        ASSERT_TRUE(named) << name << ": " << describe(named.error());
        EXPECT_THAT(named->tensors["w"], IsBitEqualTo(expected)) << name;
    }
}

TEST(PthFile, ReadsViewsTransposesScalarsAndEmptyTensors) {
    const auto named = readOverFourFloats(pickled::dict({
        {"tail", pickled::tensor(kFourFloats, 1, {3}, {1})},
        {"transposed", pickled::tensor(kFourFloats, 0, {2, 2}, {1, 2})},
        {"scalar", pickled::tensor(kFourFloats, 3, {}, {})},
        {"empty", pickled::tensor(kFourFloats, 0, {0, 5}, {5, 1})},
    }));
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_THAT(named->tensors["tail"], IsBitEqualTo(torch::tensor({2.F, 3.F, 4.F})));
    EXPECT_THAT(named->tensors["transposed"], IsBitEqualTo(torch::tensor({{1.F, 3.F}, {2.F, 4.F}})));
    EXPECT_THAT(named->tensors["scalar"], IsBitEqualTo(torch::tensor(4.F)));
    EXPECT_THAT(named->tensors["empty"], IsBitEqualTo(torch::empty({0, 5})));
    EXPECT_THAT(named->tensors.keys(), ::testing::ElementsAre("tail", "transposed", "scalar", "empty"));
}

TEST(PthFile, TensorsOverOneStorageShareItsMemory) {
    const auto tensor = pickled::tensor(kFourFloats, 0, {4}, {1});
    const auto named = readOverFourFloats(pickled::dict({{"a", tensor}, {"b", tensor}}));
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_EQ(named->tensors["a"].const_data_ptr(), named->tensors["b"].const_data_ptr());
}

TEST(PthFile, NormalisesBooleans) {
    const auto opcodes = pickled::tensor(pickled::storage("0", "BoolStorage", 3), 0, {3}, {1});
    const auto named =
        readPth(pthOf(pickled::dict({{"b", opcodes}}), {std::string("\x00\x02\xff", 3)}), "made.pth");
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_EQ(elementBytes(named->tensors["b"]), std::string("\x00\x01\x01", 3));
}

TEST(PthFile, JoinsNestedNamesAndCountsWhatIsNoTensor) {
    const auto weights = pickled::dict({{"w", pickled::tensor(kFourFloats, 0, {4}, {1})}});
    const auto named = readOverFourFloats(
        pickled::dict({{"epoch", pickled::number(3)}, {"model", weights}, {"names", "]"}, {"empty", "}"}}));
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_THAT(named->tensors.keys(), ::testing::ElementsAre("model.w"));
    EXPECT_EQ(named->skippedEntries, 2);
    EXPECT_EQ(named->firstSkippedEntry, "epoch");
}

TEST(PthFile, RefusesTensorsThatDoNotFitTheirStorage) {
    EXPECT_EQ(reasonOf(readTensor(2, {3}, {1})), "tensor reaches outside its storage '0'");
    EXPECT_EQ(reasonOf(readTensor(0, {2, 2}, {3, 1})), "tensor reaches outside its storage '0'");
    EXPECT_EQ(reasonOf(readTensor(INT64_MAX, {2}, {1})), "tensor reaches outside its storage '0'");
    EXPECT_EQ(reasonOf(readTensor(0, {2}, {INT64_MAX})), "tensor reaches outside its storage '0'");
    EXPECT_EQ(reasonOf(readTensor(0, {-1}, {1})), "negative tensor size or stride");
    EXPECT_EQ(reasonOf(readTensor(0, {2, 2}, {1})), "bad tensor geometry");
    EXPECT_EQ(reasonOf(readTensor(0, std::vector<int64_t>(9, 1), std::vector<int64_t>(9, 1))),
              "bad tensor geometry");
    EXPECT_EQ(reasonOf(readTensor(0, {0, INT64_MAX, 2}, {1, 1, 1})),
              "numel: integer multiplication overflow");
}

TEST(PthFile, RefusesRepeatedElementsThatWouldGrowTheStorage) {
    EXPECT_TRUE(readTensor(0, {4}, {0}));
    EXPECT_EQ(reasonOf(readTensor(0, {5}, {0})), "tensor has more elements than its storage '0'");
    EXPECT_EQ(reasonOf(readTensor(0, {int64_t{1} << 40}, {0})),
              "tensor has more elements than its storage '0'");
}

TEST(PthFile, ErrorNamesFileAndTensor) {
    const auto named = readTensor(4, {1}, {1});
    ASSERT_FALSE(named);
    EXPECT_EQ(
        describe(named.error()),
        "made.pth: this checkpoint cannot be read: tensor reaches outside its storage '0'. (tensor 'w')");
}

TEST(PthFile, RefusesAStorageUnderTwoTypes) {
    const auto asFloat = pickled::tensor(kFourFloats, 0, {4}, {1});
    const auto asInt = pickled::tensor(pickled::storage("0", "IntStorage", 4), 0, {4}, {1});
    EXPECT_EQ(reasonOf(readOverFourFloats(pickled::dict({{"a", asFloat}, {"b", asInt}}))),
              "storage '0' is described in two ways");
}

TEST(PthFile, RefusesOneNameForTwoTensors) {
    const auto tensor = pickled::tensor(kFourFloats, 0, {4}, {1});
    EXPECT_EQ(
        reasonOf(readOverFourFloats(pickled::dict({{"a.b", tensor}, {"a", pickled::dict({{"b", tensor}})}}))),
        "tensor 'a.b' is there twice");
}

TEST(PthFile, RefusesDictionariesThatContainThemselves) {
    // d = {}; d["d"] = d
    EXPECT_EQ(reasonOf(readPth(
                  pthOf("}q" + std::string(1, '\0') + pickled::text("d") + "h" + std::string(1, '\0') + "s"),
                  "made.pth")),
              "dictionaries are nested too deeply");
}

TEST(PthFile, RefusesDictionariesThatUnfoldWithoutEnd) {
    // 25 levels, each with two entries for the level below: 2^25 tensors from 1 KB
    std::string opcodes = pickled::dict({{"w", pickled::tensor(kFourFloats, 0, {4}, {1})}});
    for (char level = 0; level < 25; ++level) {
        const std::string slot(1, level);
        opcodes = pickled::dict({{"a", opcodes + "q" + slot}, {"b", "h" + slot}});
    }
    EXPECT_EQ(reasonOf(readOverFourFloats(opcodes)), "checkpoint holds too many entries");
}

TEST(PthFile, RefusesTorchScript) {
    const auto archive = zipOf({{"a/data.pkl", pickled::object("}")}, {"a/constants.pkl", "."}});
    EXPECT_EQ(reasonOf(readPth(archive, "made.pth")),
              "refused: file is a TorchScript program, not only weights");
    const auto withCode = zipOf({{"a/data.pkl", pickled::object("}")}, {"a/code/__torch__.py", "x"}});
    EXPECT_EQ(reasonOf(readPth(withCode, "made.pth")),
              "refused: file is a TorchScript program, not only weights");
}

TEST(PthFile, RefusesBigEndianFiles) {
    const auto archive = zipOf({{"a/data.pkl", pickled::object("}")}, {"a/byteorder", "big"}});
    EXPECT_EQ(reasonOf(readPth(archive, "made.pth")), "byte order is not little-endian");
}

TEST(PthFile, RefusesTheCompressedBomb) {
    const auto archive = zipOf({{"a/data.pkl", std::string(size_t{64} << 20, '\0'), true}});
    ASSERT_LT(archive.size(), size_t{1} << 20);
    EXPECT_EQ(reasonOf(readPth(archive, "bomb.pth")),
              "compressed zip entry 'a/data.pkl' (torch.save never compresses): refused");
}

TEST(PthFile, RefusesAMillionMarks) {
    EXPECT_EQ(reasonOf(readPth(pthOf(std::string(1'000'000, '(')), "deep_mark.pth")),
              "pickle: stack not clean at end");
}

TEST(PthFile, HostilePicklesCostLittleMemory) {
    rusage before{};
    ASSERT_EQ(getrusage(RUSAGE_SELF, &before), 0);
    for (const char* opcode : {"(", "]", ")", "}", "N", "Nq\x01", "N\x94"}) {
        std::string pickle;
        while (pickle.size() < size_t{15} << 20) pickle += opcode;
        EXPECT_FALSE(readPth(pthOf(pickle), "made.pth")) << opcode;
    }
    rusage after{};
    ASSERT_EQ(getrusage(RUSAGE_SELF, &after), 0);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 300 * 1024) << "KiB";
}

class LiteMedSam : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(liteMedSamFile())) {
            GTEST_SKIP() << "NOT TESTED: run packaging/setup.sh to fetch " << liteMedSamFile();
        }
        bytes_ = bytesOf(liteMedSamFile());
    }

    Bytes bytes_;
};

TEST_F(LiteMedSam, IsReadWhole) {
    const auto named = readPth(bytes_, "lite_medsam.pth");
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_EQ(named->tensors.size(), 435U);
    EXPECT_EQ(elementCount(*named), 9'801'439);
    EXPECT_EQ(named->skippedEntries, 0);
    // Sums as Python's math.fsum gives them over the records' bytes.
    const torch::Tensor first = named->tensors["image_encoder.patch_embed.seq.0.c.weight"];
    EXPECT_EQ(first.sizes(), torch::IntArrayRef({32, 3, 1, 1}));
    EXPECT_NEAR(first.to(torch::kDouble).sum().item<double>(), 0.3305192654952407, 1e-9);
    const torch::Tensor tokens = named->tensors["mask_decoder.mask_tokens.weight"];
    EXPECT_EQ(tokens.sizes(), torch::IntArrayRef({4, 256}));
    EXPECT_NEAR(tokens.to(torch::kDouble).sum().item<double>(), 7.08849906456453, 1e-9);
}

TEST_F(LiteMedSam, AFlippedBitIsNoticed) {
    const auto record = toBytes("medsam_lite/data/295");
    const auto name = std::search(bytes_.begin(), bytes_.end(), record.begin(), record.end());
    ASSERT_NE(name, bytes_.end());
    *(name + 400) ^= 1;
    EXPECT_EQ(reasonOf(readPth(bytes_, "bitflip.pth")),
              "checksum mismatch in record 'data/295': file is corrupted");
}

TEST_F(LiteMedSam, ATruncationIsNoticed) {
    const auto half = std::span(bytes_).first(bytes_.size() / 2);
    const auto withoutTail = std::span(bytes_).first(bytes_.size() - 100);
    for (const auto part : {half, withoutTail}) {
        EXPECT_EQ(reasonOf(readPth(part, "truncated.pth")),
                  "zip end-of-directory record not found: file is truncated or not a checkpoint");
    }
}

}  // namespace finebrush::testing

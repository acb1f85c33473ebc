#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/pth_file.h"
#include "core/checkpoint/safetensors_file.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"

#include <algorithm>
#include <random>

namespace finebrush::testing {

namespace {

constexpr int kMutantsPerFile = 20'000;
constexpr size_t kMaxSeedElements = 1000;

/// Damages a file in one of the ways that find bugs in parsers: changed bytes, extreme numbers, cuts, copies.
class Mutator {
  public:
    explicit Mutator(uint32_t seed) : random_(seed) {}

    Bytes mutate(Bytes bytes) {
        const size_t changes = 1 + below(4);
        for (size_t i = 0; i < changes && !bytes.empty(); ++i) changeOnce(bytes);
        return bytes;
    }

    size_t below(size_t end) { return std::uniform_int_distribution<size_t>(0, end - 1)(random_); }

  private:
    void changeOnce(Bytes& bytes) {
        const size_t position = below(bytes.size());
        const auto at = bytes.begin() + static_cast<std::ptrdiff_t>(position);
        const size_t length = std::min(bytes.size() - position, 1 + below(16));
        const auto end = at + static_cast<std::ptrdiff_t>(length);
        switch (below(7)) {
            case 0:
                *at ^= static_cast<uint8_t>(1 << below(8));
                break;
            case 1:
                *at = static_cast<uint8_t>(below(256));
                break;
            case 2:
                std::fill(at, end, uint8_t{0xFF});
                break;
            case 3:
                std::fill(at, end, uint8_t{0});
                break;
            case 4:
                bytes.erase(at, end);
                break;
            case 5:
                bytes.resize(position);
                break;
            default: {
                const Bytes copy(at, end);
                bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(below(bytes.size())), copy.begin(),
                             copy.end());
            }
        }
    }

    std::mt19937 random_;
};

/// Uses all that was read, so that a tensor which reaches outside its memory shows itself.
double sumOf(const NamedTensors& named) {
    double sum = 0;
    for (const auto& entry : named.tensors) sum += entry.value().to(torch::kDouble).sum().item<double>();
    return sum;
}

/// A state dict with views, several types and a nested dictionary. Its checksums are left to be wrong by the
/// caller.
std::string stateDict() {
    const auto floats = pickled::storage("0", "FloatStorage", 6);
    return pickled::dict({
        {"w", pickled::tensor(floats, 0, {2, 3}, {3, 1})},
        {"view", pickled::tensor(floats, 2, {3}, {1})},
        {"optimizer",
         pickled::dict({{"step", pickled::tensor(pickled::storage("1", "LongStorage", 1), 0, {}, {})},
                        {"groups", "]"}})},
        {"epoch", pickled::number(3)},
    });
}

const std::vector<std::string> kStorages{elementBytes(torch::arange(6.F)),
                                         elementBytes(torch::tensor(7, torch::kLong))};

Bytes legacyFile() {
    using namespace pickled;
    const std::string identity = joined("(", text("storage"), global("torch", "FloatStorage"), text("k"),
                                        text("cpu"), number(6), "NtQ");
    return toBytes(joined("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", object("M\xe9\x03"),
                          object("}"), object(dict({{"w", tensor(identity, 0, {2, 3}, {3, 1})}})),
                          object(joined("](", text("k"), "e")), int64_t{6}, kStorages[0]));
}

Bytes safetensorsFile() {
    NamedTensors named;
    named.tensors.insert("w", torch::arange(6.F).view({2, 3}));
    named.tensors.insert("flags", torch::tensor({1, 0, 1}).to(torch::kBool));
    named.tensors.insert("empty", torch::empty({0, 4}, torch::kHalf));
    named.metadata = {{"format", "pt"}};
    return encodeSafetensors(named);
}

/// Reads mutants of one file: each is either read, and then no larger than its file allows, or refused with a
/// reason. Returns how many were read.
template <typename Make>
int readMutants(uint32_t seed, Make&& makeMutant) {
    Mutator mutator(seed);
    int accepted = 0;
    for (int i = 0; i < kMutantsPerFile; ++i) {
        const Bytes mutant = makeMutant(mutator);
        const auto named = readCheckpoint(mutant, "mutant");
        if (named) {
            ++accepted;
            sumOf(*named);
            EXPECT_LE(elementCount(*named), static_cast<int64_t>(kMaxSeedElements));
        } else {
            EXPECT_EQ(named.error().code, ErrorCode::CheckpointMalformed);
            EXPECT_NE(reasonOf(named), "");
        }
    }
    return accepted;
}

/// Some mutants must pass and some must not, or the test would look at nothing.
void expectBothVerdicts(int accepted) {
    EXPECT_GT(accepted, 0);
    EXPECT_LT(accepted, kMutantsPerFile);
}

}  // namespace

TEST(CheckpointMutants, ZipFiles) {
    const Bytes seed = pthOf(stateDict(), kStorages);
    ASSERT_TRUE(readCheckpoint(seed, "seed"));
    expectBothVerdicts(readMutants(1, [&](Mutator& mutator) { return mutator.mutate(seed); }));
}

TEST(CheckpointMutants, PicklesWithRightChecksums) {
    // The damage is done before the archive is made, so that it reaches the pickle machine.
    expectBothVerdicts(readMutants(2, [](Mutator& mutator) {
        const Bytes pickle = mutator.mutate(toBytes(pickled::object(stateDict())));
        return zipOf({{"a/data.pkl", {pickle.begin(), pickle.end()}},
                      {"a/data/0", kStorages[0]},
                      {"a/data/1", kStorages[1]}});
    }));
}

TEST(CheckpointMutants, LegacyFiles) {
    const Bytes seed = legacyFile();
    const auto named = readCheckpoint(seed, "seed");
    ASSERT_TRUE(named) << describe(named.error());
    EXPECT_THAT(named->tensors["w"], IsBitEqualTo(torch::arange(6.F).view({2, 3})));
    expectBothVerdicts(readMutants(3, [&](Mutator& mutator) { return mutator.mutate(seed); }));
}

TEST(CheckpointMutants, SafetensorsFiles) {
    const Bytes seed = safetensorsFile();
    ASSERT_TRUE(readCheckpoint(seed, "seed"));
    expectBothVerdicts(readMutants(4, [&](Mutator& mutator) { return mutator.mutate(seed); }));
}

TEST(CheckpointMutants, EveryTruncationOfEveryFormatIsRefused) {
    for (const Bytes& whole : {pthOf(stateDict(), kStorages), legacyFile(), safetensorsFile()}) {
        for (size_t size = 0; size < whole.size(); ++size) {
            EXPECT_FALSE(readCheckpoint(std::span(whole).first(size), "truncated"))
                << size << " of " << whole.size();
        }
    }
}

}  // namespace finebrush::testing

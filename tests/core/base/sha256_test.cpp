#include "core/base/sha256.h"

#include <gtest/gtest.h>

#include <vector>

namespace finebrush {
namespace {

const std::vector<uint8_t> kAbc = {'a', 'b', 'c'};

TEST(Sha256, HashesAsFips180DoesItsExamples) {
    EXPECT_EQ(sha256({}), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256(kAbc), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(sha256(std::vector<uint8_t>(1'000'000, 'a')),
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, PartsAreOneText) {
    Sha256 hash;
    hash.add(std::span(kAbc).first(1));
    hash.add({});
    hash.add(std::span(kAbc).subspan(1));
    EXPECT_EQ(hash.digest(), sha256(kAbc));
}

}  // namespace
}  // namespace finebrush

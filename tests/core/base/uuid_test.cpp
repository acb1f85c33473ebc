#include "core/base/uuid.h"

#include <gtest/gtest.h>

#include <set>

namespace finebrush {
namespace {

TEST(Uuid, IsOfVersionFourAndNeverTheSame) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string id = randomUuid();
        EXPECT_TRUE(isUuid(id)) << id;
        EXPECT_EQ(id[14], '4');
        EXPECT_NE(std::string("89ab").find(id[19]), std::string::npos);
        EXPECT_TRUE(seen.insert(id).second);
    }
}

TEST(Uuid, OtherTextIsNone) {
    const std::string good = "0f8fad5b-d9cb-469f-a165-70867728950e";
    EXPECT_TRUE(isUuid(good));
    EXPECT_FALSE(isUuid(""));
    EXPECT_FALSE(isUuid(good + "0"));
    EXPECT_FALSE(isUuid("0F8FAD5B-D9CB-469F-A165-70867728950E"));
    EXPECT_FALSE(isUuid("0f8fad5bad9cb-469f-a165-70867728950e"));
    EXPECT_FALSE(isUuid("0f8fad5b-d9cb-469f-a165-7086772895../"));
}

}  // namespace
}  // namespace finebrush

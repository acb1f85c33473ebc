#include "core/messages/adapter_places.h"

#include <gmock/gmock.h>

namespace finebrush::messages {
namespace {

TEST(AdapterPlaces, ProjectionsAreAListOfNamesInAnyOrder) {
    EXPECT_EQ(projectionsFromText("q,k,v"), (Projections{true, true, true}));
    EXPECT_EQ(projectionsFromText(" mlp , q"), (Projections{true, false, false, false, true}));
    EXPECT_EQ(projectionsFromText("o"), (Projections{false, false, false, true}));
    for (const char* text : {"", ",", "q,", "q,q", "qkv", "Q", "q;k", "mlp o"}) {
        EXPECT_EQ(projectionsFromText(text), std::nullopt) << text;
    }
}

TEST(AdapterPlaces, ScalesAreSmallWholeNumbers) {
    EXPECT_EQ(scalesFromText("1,2, 4"), (std::vector{1, 2, 4}));
    EXPECT_EQ(scalesFromText("16"), std::vector{16});
    for (const char* text : {"", "0", "17", "-1", "1.5", "1,", "1 2", "one", "99999999999",
                             "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1"}) {
        EXPECT_EQ(scalesFromText(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace finebrush::messages

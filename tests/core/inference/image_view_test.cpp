#include "core/inference/image_view.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

TEST(ViewPlan, ComesBackFromJson) {
    ViewPlan plan{{{ImageView::Source::Network, 512}, {ImageView::Source::Network, 1024, 3}}, 700, 0.5};
    EXPECT_EQ(nlohmann::json(plan).get<ViewPlan>(), plan);
}

TEST(ViewPlan, ViewsThatWouldTakeAllMemoryAreRefused) {
    for (const int longSide : {-1, 0, 5000, 1 << 30}) {
        const nlohmann::json json = ViewPlan{{{ImageView::Source::Network, longSide}}};
        EXPECT_THROW(json.get<ViewPlan>(), nlohmann::json::exception) << longSide;
    }
}

}  // namespace
}  // namespace finebrush

#include "core/session/engine/adapt_request.h"

#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

namespace finebrush {
namespace {

using ::testing::IsEmpty;
using ::testing::Not;

TEST(AdaptRequest, StoppedItReadsNoMoreImagesAndMakesNoFrame) {
    const testing::TemporaryFolder folder;
    AdaptInput input;
    input.classes = testing::makeClasses({"a", "b"});
    ImageRecord record = testing::makeRecord({20, 20});
    record.path = folder / "none.png";
    LabelMap labels({20, 20});
    labels.write({0, 0, 2, 1}, std::vector<uint8_t>{0, 1});
    input.labelled.push_back({record, labels});
    EXPECT_FALSE(makeAdaptRequest(input, {}).has_value()) << "it looks at the image";

    std::stop_source stop;
    stop.request_stop();
    const Result<AdaptRequest> stopped = makeAdaptRequest(input, stop.get_token());
    ASSERT_TRUE(stopped.has_value()) << describe(stopped.error());
    EXPECT_THAT(stopped->frame, IsEmpty());
    EXPECT_THAT(stopped->problems, IsEmpty());
    EXPECT_THAT(stopped->classes, Not(IsEmpty()));
}

}  // namespace
}  // namespace finebrush

#include "core/engine/command_line/evaluate_command.h"

#include "core/base/files.h"
#include "core/image/raster/png_writer.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <sstream>

namespace finebrush {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::TemporaryFolder;

/// Truth: class 1 in a square of 20 px; prediction: the same, 10 px further to the right.
class Evaluate : public ::testing::Test {
  protected:
    void SetUp() override {
        write("truth/a.png", 10);
        write("predictions/a.png", 20);
        options.predictions = folder / "predictions";
        options.truth = folder / "truth";
    }
    void write(const std::string& name, int left) {
        std::vector<uint8_t> values(60 * 40);
        for (int y = 10; y < 30; ++y) {
            for (int x = left; x < left + 20; ++x) values[static_cast<size_t>(y) * 60 + x] = 1;
        }
        const std::filesystem::path path = folder / name;
        ASSERT_TRUE(makeFolder(path.parent_path()));
        ASSERT_TRUE(writeFileAtomically(path, encodePng({60, 40}, 1, values).value()));
    }
    std::string run() {
        std::ostringstream out;
        const auto done = evaluate(options, out);
        EXPECT_TRUE(done) << describe(done.error());
        return out.str();
    }

    TemporaryFolder folder;
    EvaluateOptions options;
};

TEST_F(Evaluate, PrintsOverlapsAndOnWishAllMeasures) {
    EXPECT_THAT(run(), HasSubstr("    1  0.3333  0.5000  400\n"));
    EXPECT_THAT(run(), Not(HasSubstr("MAE")));
    options.allMetrics = true;
    // 200 of 400 pixels are missed, 200 of 2000 others are wrong.
    EXPECT_THAT(run(), HasSubstr("0.1667  0.3000"));
    EXPECT_THAT(run(), HasSubstr("boundary F"));
}

TEST_F(Evaluate, WritesAllMeasuresAsJson) {
    options.json = true;
    EXPECT_FALSE(nlohmann::json::parse(run())["classes"][1].contains("mae"));
    options.allMetrics = true;
    const nlohmann::json entry = nlohmann::json::parse(run())["classes"][1];
    EXPECT_NEAR(entry["mae"].get<double>(), 400.0 / 2400, 1e-9);
    EXPECT_NEAR(entry["ber"].get<double>(), 0.3, 1e-9);
    EXPECT_NEAR(entry["f_measure"].get<double>(), 0.5, 1e-9);
    EXPECT_EQ(entry["images"], 1);
    for (const char* name : {"s_measure", "e_measure", "boundary_f"}) {
        EXPECT_GT(entry[name].get<double>(), 0) << name;
        EXPECT_LT(entry[name].get<double>(), 1) << name;
    }
}

}  // namespace
}  // namespace finebrush

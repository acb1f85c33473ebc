#include "core/engine/engine_server.h"

#include "core/base/files.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/messages/codec.h"
#include "core/peft/files/stored_adapter.h"
#include "tests/core/engine/disc_picture.h"
#include "tests/core/sam/small_model.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>
#include <torch/torch.h>

#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace finebrush {
namespace {

using ::testing::AllOf;
using testing::discPicture;
using ::testing::Field;
using ::testing::HasSubstr;
using testing::isOnDisc;
using testing::kDiscPicture;

const std::vector<messages::ClassInfo> kClasses = {{"d", "disc", "#ff8000", 1},
                                                   {"g", "ground", "#0080ff", 0}};

messages::LabelledImage paintedDisc() {
    messages::LabelledImage image{"disc", discPicture(), {kDiscPicture, {}}};
    image.labels.values.assign(static_cast<size_t>(kDiscPicture.area()), kUnlabelled);
    for (int x = 0; x < kDiscPicture.width; ++x) {
        for (const int y : {20, 70}) {
            image.labels.values[static_cast<size_t>(y) * kDiscPicture.width + x] = isOnDisc(x, y) ? 1 : 0;
        }
    }
    return image;
}

messages::Adapt adaptation() {
    messages::Adapt adapt;
    adapt.settings.method = "lora";
    adapt.settings.steps = 1;
    adapt.settings.threads = 2;
    adapt.classes = kClasses;
    adapt.images = {paintedDisc()};
    return adapt;
}

/// A server on a thread of its own, and the window's end of its pipes.
class EngineServerTest : public ::testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0);
        thread_ = std::thread([this] {
            MessagePipe pipe(ends_[1], ends_[1]);
            EngineServer(pipe, testing::smallModel(), unrefinedBytes_).run();
        });
    }
    void TearDown() override {
        ::shutdown(ends_[0], SHUT_WR);
        thread_.join();
        for (const int end : ends_) ::close(end);
    }

    /// Lets the server have a model: the first one trains it.
    void haveModel() {
        static messages::AdapterFiles adapter;
        if (adapter.empty()) {
            say(adaptation());
            adapter = next<messages::Adapted>().adapter;
        } else {
            say(messages::LoadAdapter{adapter});
            next<messages::AdapterLoaded>();
        }
    }
    void say(const messages::ToEngine& message) {
        const std::vector<uint8_t> bytes = messages::encode(message);
        for (size_t sent = 0; sent < bytes.size();) {
            const ssize_t count = ::write(ends_[0], bytes.data() + sent, bytes.size() - sent);
            ASSERT_GT(count, 0);
            sent += static_cast<size_t>(count);
        }
    }
    /// The next message of a type. What comes before it is dropped, but no failure is.
    template <typename Message>
    Message next() {
        while (true) {
            const auto body = frames_.next();
            if (!body) throw std::runtime_error(describe(body.error()));
            if (*body) {
                const auto message = messages::decodeFromEngine(**body);
                if (!message) throw std::runtime_error(describe(message.error()));
                if (const auto* wanted = std::get_if<Message>(&*message)) return *wanted;
                if (const auto* failed = std::get_if<messages::Failed>(&*message))
                    throw std::runtime_error(describe(failed->error));
                continue;
            }
            std::vector<uint8_t> bytes(1 << 16);
            const ssize_t count = ::read(ends_[0], bytes.data(), bytes.size());
            if (count <= 0) throw std::runtime_error("the engine has closed its end");
            bytes.resize(static_cast<size_t>(count));
            frames_.append(bytes);
        }
    }

    size_t unrefinedBytes_ = EngineServer::kUnrefinedBytes;

  private:
    int ends_[2] = {-1, -1};
    std::thread thread_;
    messages::FrameReader frames_;
};

auto isPrediction(const std::string& image, bool isFinal) {
    return AllOf(Field(&messages::Prediction::imageId, image),
                 Field(&messages::Prediction::isFinal, isFinal));
}

TEST_F(EngineServerTest, PredictsQuicklyAndThenThoroughly) {
    haveModel();
    say(messages::Predict{"a", discPicture()});
    const auto quick = next<messages::Prediction>();
    const auto thorough = next<messages::Prediction>();
    EXPECT_THAT(quick, isPrediction("a", false));
    EXPECT_THAT(thorough, isPrediction("a", true));
    EXPECT_NE(quick.confidence, thorough.confidence);
    int right = 0;
    for (int y = 0; y < kDiscPicture.height; ++y) {
        for (int x = 0; x < kDiscPicture.width; ++x) {
            const uint8_t found = thorough.mask.values[static_cast<size_t>(y) * kDiscPicture.width + x];
            right += (found == 1) == isOnDisc(x, y);
        }
    }
    EXPECT_GT(right, 0.95 * double(kDiscPicture.area())) << "the flips lie on one another";

    say(messages::Predict{"cell", discPicture(), true});
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("cell", true)) << "once is enough";
}

TEST_F(EngineServerTest, WhatFailsAndWhatIsLoadedNamesItsRequest) {
    say(messages::LoadAdapter{{}, {}, 41});
    EXPECT_EQ(next<messages::Failed>().requestId, 41);
    say(messages::LoadAdapter{{}, "/there/is/no.pth", 42});
    EXPECT_EQ(next<messages::Failed>().requestId, 42);
    messages::Adapt wrong = adaptation();
    wrong.settings.method = "none of ours";
    wrong.requestId = 43;
    say(wrong);
    EXPECT_EQ(next<messages::Failed>().requestId, 43);
    say(adaptation());
    say(messages::LoadAdapter{next<messages::Adapted>().adapter, {}, 44});
    EXPECT_EQ(next<messages::AdapterLoaded>().requestId, 44);
}

/// A LoRA weight of an adapter.
torch::Tensor weightIn(const messages::AdapterFiles& adapter) {
    const auto stored = peft::readStoredAdapter(adapter, "test");
    if (!stored) throw std::runtime_error(describe(stored.error()));
    return stored->tensors.tensors["base_model.model.image_encoder.layers.1.blocks.0.attn.qkv.lora_A.weight"];
}

TEST_F(EngineServerTest, AnAdaptationStartsFromTheAdapterThatComesWithIt) {
    messages::Adapt adapt = adaptation();
    adapt.settings.keep = messages::Keep::Preview;  // which has the adapter of the start
    adapt.settings.seed = 5;
    say(adapt);
    const messages::AdapterFiles former = next<messages::Adapted>().adapter;
    adapt.settings.seed = 0;
    say(adapt);
    EXPECT_FALSE(torch::equal(weightIn(next<messages::Adapted>().adapter), weightIn(former)));
    adapt.start = former;
    adapt.settings.start = "/mine";
    say(adapt);
    EXPECT_TRUE(torch::equal(weightIn(next<messages::Adapted>().adapter), weightIn(former)));
}

TEST_F(EngineServerTest, AStartThatDoesNotFitIsRefusedWithTheDifferencesAndChangesNothing) {
    const testing::TemporaryFolder folder;
    say(adaptation());
    const messages::AdapterFiles former = next<messages::Adapted>().adapter;
    messages::Adapt adapt = adaptation();
    ASSERT_TRUE(writeFileAtomically(folder / "a.training", "of an earlier training"));
    adapt.checkpoint = (folder / "a.training").string();
    adapt.start = former;
    adapt.settings.start = "/mine";
    adapt.settings.rank = 16;
    say(adapt);
    EXPECT_THAT(describe(next<messages::Failed>().error),
                AllOf(HasSubstr("/mine"), HasSubstr("its rank is 4 and not 16")));

    adapt.settings.rank = 4;
    auto config = nlohmann::json::parse(former.at("adapter_config.json"));
    config["finebrush"]["base"]["sha256"] = "of another";
    const std::string text = config.dump();
    (*adapt.start)["adapter_config.json"] = {text.begin(), text.end()};
    say(adapt);
    EXPECT_THAT(describe(next<messages::Failed>().error), HasSubstr("it was trained on the weights"));
    EXPECT_TRUE(std::filesystem::exists(folder / "a.training"));

    say(messages::LoadAdapter{former});
    next<messages::AdapterLoaded>();
    say(messages::Predict{"a", discPicture()});
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("a", false));
}

TEST_F(EngineServerTest, AllModelsThatAreAskedForWhileItTrainsAreDescribedAfterwards) {
    say(adaptation());
    say(messages::DescribeModels{{"/there/is/no.pth"}});
    say(messages::DescribeModels{{"/nor/such.pth"}});
    next<messages::Adapted>();
    EXPECT_EQ(next<messages::ModelRefused>().file, "/there/is/no.pth");
    EXPECT_EQ(next<messages::ModelRefused>().file, "/nor/such.pth");
}

TEST_F(EngineServerTest, WhatIsAskedForWhileItPredictsComesFirstAndInItsOrder) {
    haveModel();
    for (const char* id : {"a", "b"}) say(messages::Predict{id, discPicture()});
    for (const char* id : {"a", "b"}) EXPECT_THAT(next<messages::Prediction>(), isPrediction(id, false));
    for (const char* id : {"b", "a"}) EXPECT_THAT(next<messages::Prediction>(), isPrediction(id, true));
}

TEST_F(EngineServerTest, AnImageThatIsAskedForAgainIsRefinedFirst) {
    haveModel();
    for (const char* id : {"a", "b", "a"}) say(messages::Predict{id, discPicture()});
    for (const char* id : {"a", "b"}) EXPECT_THAT(next<messages::Prediction>(), isPrediction(id, false));
    for (const char* id : {"a", "b"}) EXPECT_THAT(next<messages::Prediction>(), isPrediction(id, true));
}

/// Keeps the pixels of one image only.
class SmallEngineServerTest : public EngineServerTest {
  protected:
    SmallEngineServerTest() { unrefinedBytes_ = 1; }
};

TEST_F(SmallEngineServerTest, TheOldestOfManyImagesAreNotRefinedUntilTheyAreAskedForAgain) {
    haveModel();
    for (const char* id : {"a", "b", "c"}) say(messages::Predict{id, discPicture()});
    for (const char* id : {"a", "b", "c"}) EXPECT_THAT(next<messages::Prediction>(), isPrediction(id, false));
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("c", true));
    say(messages::Predict{"a", discPicture()});
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("a", false));
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("a", true));
}

TEST_F(EngineServerTest, AnAdaptationThatComesWhileItPredictsTakesTheModelAfterwards) {
    haveModel();
    say(messages::Predict{"a", discPicture()});
    say(adaptation());
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("a", false));
    EXPECT_FALSE(next<messages::Adapted>().adapter.empty());
    say(messages::Predict{"b", discPicture()});
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("b", false)) << "what was not refined is dropped";
}

TEST_F(EngineServerTest, ACheckpointGoesOnceItsResultIsStoredThoughItPredicts) {
    const testing::TemporaryFolder folder;
    messages::Adapt adapt = adaptation();
    adapt.preview = paintedDisc();
    adapt.settings.steps = 2;
    adapt.checkpoint = (folder / "a.training").string();
    ASSERT_TRUE(writeFileAtomically(folder / "a.training", "of an earlier training"));
    say(adapt);
    next<messages::Adapted>();
    say(messages::ResultStored{});
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("disc", false));
    EXPECT_THAT(next<messages::Prediction>(), isPrediction("disc", true));
    EXPECT_FALSE(std::filesystem::exists(folder / "a.training"));
}

TEST_F(EngineServerTest, TellsWhatAModelIs) {
    say(messages::DescribeModels{{"", "/nowhere/sam.pth"}});
    messages::ModelInfo model = next<messages::ModelDescribed>().model;
    if (model.secondsPerView == 0) {  // else an earlier run has measured it
        const messages::ModelInfo measured = next<messages::ModelDescribed>().model;
        model.secondsPerView = measured.secondsPerView;
        EXPECT_EQ(measured, model) << "nothing else has changed";
    }
    EXPECT_GT(model.secondsPerView, 0);
    const std::filesystem::path& file = testing::smallModel();
    EXPECT_EQ(model.file, "") << "as it was asked for";
    EXPECT_EQ(model.name, "LiteMedSAM");
    EXPECT_EQ(model.architecture, "TinyViT");
    EXPECT_EQ(model.inputSize, 256);
    EXPECT_EQ(model.sha256, sha256OfFile(file).value());
    EXPECT_EQ(model.fileBytes, static_cast<int64_t>(std::filesystem::file_size(file)));
    EXPECT_GT(model.parameters, 1000);
    EXPECT_LT(model.parameters * 4, model.fileBytes);
    EXPECT_EQ(model.licence, "Apache-2.0");
    EXPECT_EQ(model.licenceEvidence, messages::LicenceEvidence::Family);
    EXPECT_EQ(next<messages::ModelRefused>().file, "/nowhere/sam.pth");
}

}  // namespace
}  // namespace finebrush

#include "core/engine/command_line/info_command.h"

#include "core/base/files.h"
#include "core/engine/adapter_folder.h"
#include "core/exporters/class_list.h"
#include "core/exporters/coco_exporter.h"
#include "core/exporters/mask_exporter.h"
#include "core/image/raster/png_writer.h"
#include "core/peft/files/adapter_file.h"
#include "core/project/project_salvage.h"
#include "core/training/checkpoint/training_checkpoint.h"
#include "tests/core/image/volume/volume_fixtures.h"
#include "tests/core/project/sample_project.h"
#include "tests/core/sam/network_fixtures.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <span>
#include <sstream>
#include <utility>

namespace finebrush {
namespace {

/// What `info` says of an adapter that was not trained.
nlohmann::json infoOf(const messages::AdaptationSettings& settings, const peft::AdapterExtras& extras) {
    const testing::TemporaryFolder folder;
    const auto network =
        peft::AdaptedSam::make(testing::frozenNetwork(testing::smallTinyVitDescription()), settings, 1);
    EXPECT_TRUE(network);
    const auto files = peft::writeAdapter(**network, {{"a", "axon", "#ff0000", 0}}, extras);
    EXPECT_TRUE(writeAdapterFolder(folder.path(), files));
    std::ostringstream out;
    const auto printed = printFileInfo(folder.path(), true, out);
    EXPECT_TRUE(printed) << (printed ? "" : describe(printed.error()));
    return nlohmann::json::parse(out.str());
}

TEST(InfoCommand, TellsWhatAnAdapterIs) {
    messages::AdaptationSettings settings;
    settings.scales = "1,4";
    settings.experts = 2;
    settings.projections = "q,v";
    const nlohmann::json info = infoOf(
        settings, {{{"read_out", torch::zeros({1000000})}}, {{"view_plan", {{"input_range", "minmax"}}}}});
    EXPECT_EQ(info["method"], "conv_lora");
    EXPECT_EQ(info["scales"], (std::vector<int>{1, 4}));
    EXPECT_EQ(info["projections"], "q,v");
    EXPECT_EQ(info["blocks"], "all");
    EXPECT_EQ(info["input_range"], "minmax");
    EXPECT_GT(info["parameters"], 0);
    EXPECT_LT(info["parameters"], 1000000) << "what lies beside the weights is none of them";
}

TEST(InfoCommand, SaysNothingOfExpertsWhereThereAreNone) {
    messages::AdaptationSettings settings;
    settings.method = "lora";
    const nlohmann::json info = infoOf(settings, {});
    EXPECT_EQ(info["input_range"], "auto");
    EXPECT_EQ(info["rank"], 4);
    EXPECT_FALSE(info.contains("scales"));
    EXPECT_FALSE(info.contains("gate"));
}

TEST(InfoCommand, SaysNothingOfWhatTheMethodDoesNotLookAt) {
    messages::AdaptationSettings settings;
    settings.method = "bitfit";
    settings.blocks = 2;
    settings.projections = "q";
    const nlohmann::json bitfit = infoOf(settings, {});
    for (const char* name : {"rank", "alpha", "projections", "blocks", "scales", "top_experts", "gate"})
        EXPECT_FALSE(bitfit.contains(name)) << name;
    settings.method = "multi_scale_lora";
    settings.blocks = 1;
    const nlohmann::json info = infoOf(settings, {});
    EXPECT_EQ(info["blocks"], 1);
    EXPECT_TRUE(info.contains("scales"));
    EXPECT_FALSE(info.contains("gate")) << "all its experts see every sample";
}

/// What `info` says of a file.
nlohmann::json infoOf(const std::filesystem::path& file) {
    std::ostringstream out;
    const auto printed = printFileInfo(file, true, out);
    EXPECT_TRUE(printed) << (printed ? "" : describe(printed.error()));
    return nlohmann::json::parse(out.str(), nullptr, false);
}

TEST(InfoCommand, TellsWhatAProjectHoldsAndLeavesItAlone) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder / "a.finebrush";
    ProjectContents contents;
    contents.classes = testing::makeClasses({"cell"});
    ASSERT_TRUE(writeProject(contents, file));
    const auto before = *readFile(file);
    const nlohmann::json info = infoOf(file);
    EXPECT_EQ(info["kind"], "project");
    EXPECT_EQ(info["images"], 0);
    EXPECT_EQ(info["classes"], 1);
    EXPECT_EQ(info["open_elsewhere"], false);
    EXPECT_EQ(*readFile(file), before);
}

TEST(InfoCommand, TellsThatOfComplexVoxelsTheMagnitudeIsOpened) {
    const testing::TemporaryFolder folder;
    testing::writeComplexNifti(folder / "complex.nii", {5, 4, 3});
    const nlohmann::json info = infoOf(folder / "complex.nii");
    EXPECT_EQ(info["type"], "float32");
    EXPECT_THAT(info["note"].get<std::string>(), ::testing::HasSubstr("Their magnitude is opened"));
    testing::writeNifti(folder / "plain.nii", {5, 4, 3});
    EXPECT_FALSE(infoOf(folder / "plain.nii").contains("note"));
}

TEST(InfoCommand, TellsTheTensorsOfAnAdapterFromANetwork) {
    const testing::TemporaryFolder folder;
    messages::AdaptationSettings settings;
    settings.method = "lora";
    settings.rank = 3;
    const auto network =
        peft::AdaptedSam::make(testing::frozenNetwork(testing::smallTinyVitDescription()), settings, 1);
    const auto files = peft::writeAdapter(**network, {{"a", "axon", "#ff0000", 0}}, {});
    ASSERT_TRUE(writeAdapterFolder(folder.path(), files));
    const nlohmann::json info = infoOf(folder / peft::kAdapterTensorsFile);
    EXPECT_EQ(info["kind"], "tensors of an adapter");
    EXPECT_EQ(info["low_rank_layers"], 4);
    EXPECT_EQ(info["rank"], 3);
    EXPECT_GT(info["parameters"], 0);
    EXPECT_THAT(info["note"].get<std::string>(), ::testing::HasSubstr("adapter_config.json"));
}

TEST(InfoCommand, TellsHowFarAnInterruptedTrainingCame) {
    const testing::TemporaryFolder folder;
    training::TrainingState state;
    state.trainer.tensors.insert("weight", torch::ones({3}));
    state.metrics.resize(2);
    state.seconds = 40;
    std::vector<uint8_t> bytes = training::encodeCheckpoint(state, {{"seed", "7"}});
    ASSERT_TRUE(writeFileAtomically(folder / "a.safetensors", bytes));
    nlohmann::json info = infoOf(folder / "a.safetensors");
    EXPECT_EQ(info["kind"], "checkpoint of a training");
    EXPECT_EQ(info["steps"], 2);
    EXPECT_EQ(info["seconds"], 40);
    EXPECT_EQ(info["request"]["seed"], "7");
    bytes.back() ^= 1;
    ASSERT_TRUE(writeFileAtomically(folder / "a.safetensors", bytes));
    info = infoOf(folder / "a.safetensors");
    EXPECT_FALSE(info.contains("steps"));
    EXPECT_THAT(info["damage"].get<std::string>(), ::testing::HasSubstr("changed"));
}

TEST(InfoCommand, CountsTheValuesOfAFileOfLabels) {
    const testing::TemporaryFolder folder;
    const IndexMask mask{{3, 2}, {0, 2, 2, kUnlabelled, kUnlabelled, 2}};
    ASSERT_TRUE(exportMask(folder / "palette.png", LabelMap::fromMask(mask), {}, {}));
    ASSERT_TRUE(writeFileAtomically(folder / "grey.png", *encodePng(mask.size, 1, mask.values)));
    for (const char* name : {"palette.png", "grey.png"}) {
        const nlohmann::json info = infoOf(folder / name);
        EXPECT_EQ(info["kind"], "image");
        EXPECT_EQ(info["pixels_of_values"], (nlohmann::json{{"0", 1}, {"2", 3}})) << name;
        EXPECT_EQ(info["unlabelled_pixels"], 2) << name;
    }
    std::vector<uint8_t> photo;
    for (int i = 0; i < 100; ++i) photo.push_back(static_cast<uint8_t>(2 * i));
    ASSERT_TRUE(writeFileAtomically(folder / "photo.png", *encodePng({10, 10}, 1, photo)));
    EXPECT_FALSE(infoOf(folder / "photo.png").contains("pixels_of_values"));
}

/// A folder of small files.
struct DocumentInfo : ::testing::Test {
    nlohmann::json infoOfText(const std::string& name, const std::string& text) const {
        EXPECT_TRUE(writeFileAtomically(folder / name, text).has_value());
        return infoOf(folder / name);
    }
    /// Why a file is of no kind that is known.
    std::string refusalOf(const std::string& name, const std::string& text) const {
        EXPECT_TRUE(writeFileAtomically(folder / name, text).has_value());
        std::ostringstream out;
        const auto printed = printFileInfo(folder / name, true, out);
        EXPECT_FALSE(printed) << out.str();
        if (printed) return {};
        EXPECT_EQ(printed.error().code, ErrorCode::FileKindUnknown) << describe(printed.error());
        return printed.error().arguments.back();
    }

    testing::TemporaryFolder folder;
};

TEST_F(DocumentInfo, TellsAnnotationsApart) {
    const IndexMask mask{{4, 2}, {0, 0, 1, 1, 0, 0, 1, 1}};
    const CocoImage image{"a.png", [&] { return LabelMap::fromMask(mask); }};
    const ClassTable classes = testing::makeClasses({"cell", "axon"});
    ASSERT_TRUE(exportCoco(folder / "coco.json", std::span(&image, 1), classes, {}));
    const nlohmann::json coco = infoOf(folder / "coco.json");
    EXPECT_EQ(coco["kind"], "COCO annotations");
    EXPECT_EQ(coco["images"], 1);
    EXPECT_EQ(coco["categories"], 2);
    EXPECT_EQ(coco["objects"], 2);
    EXPECT_EQ(coco["as_run_lengths"], 2);
    const nlohmann::json labelme =
        infoOfText("a.json", R"({"imagePath": "a.png", "shapes": [{"label": "x"}]})");
    EXPECT_EQ(labelme["kind"], "labelme annotations");
    EXPECT_EQ(labelme["image"], "a.png");
    EXPECT_EQ(labelme["labels"], (nlohmann::json{{"x", 1}}));
    for (const char* name : {"a.geojson", "features.json"}) {
        const nlohmann::json areas = infoOfText(name, R"({"type": "Feature", "properties": {"class": "roof"},
            "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 0]]]}})");
        EXPECT_EQ(areas["kind"], "vector file") << name;
        EXPECT_EQ(areas["areas"], 1) << name;
        EXPECT_EQ(areas["classes"], (nlohmann::json{{"roof", 1}})) << name;
    }
}

TEST_F(DocumentInfo, ReadsTheClassListsOfAllPrograms) {
    const ClassTable classes = testing::makeClasses({"cell", "axon"});
    const std::pair<const char*, const char*> lists[] = {{"classes.json", "JSON"},
                                                         {"a.label", "ITK-SNAP label descriptions"},
                                                         {"labelmap.txt", "CVAT label map"},
                                                         {"a.qml", "QGIS raster style"}};
    for (const auto& [name, form] : lists) {
        ASSERT_TRUE(exportClassList(folder / name, classes, {}));
        const nlohmann::json list = infoOf(folder / name);
        EXPECT_EQ(list["kind"], "class list") << name;
        EXPECT_EQ(list["form"], form) << name;
        ASSERT_EQ(list["classes"].size(), 2U) << name;
        EXPECT_EQ(list["classes"][1]["name"], "axon") << name;
    }
    EXPECT_EQ(infoOfText("set.json", R"({"classes": {"0": "a", "1": "b"}})")["classes"].size(), 2U);
    EXPECT_EQ(infoOfText("names.txt", "background\nnucleus\n")["form"], "one name a line");
}

TEST_F(DocumentInfo, TellsWhatElseFinebrushWrites) {
    const nlohmann::json keys =
        infoOfText("k.json", R"({"format": "finebrush-keys", "profile": "napari", "keys": {"Undo": ["U"]}})");
    EXPECT_EQ(keys["kind"], "key map of Finebrush");
    EXPECT_EQ(keys["profile"], "napari");
    EXPECT_EQ(keys["changed_commands"], 1);
    EXPECT_EQ(infoOfText("t.csv", "image,slice,class\na,,b\n")["columns"], "image,slice,class");
    messages::AdaptationSettings settings;
    settings.method = "lora";
    const auto network =
        peft::AdaptedSam::make(testing::frozenNetwork(testing::smallTinyVitDescription()), settings, 1);
    const auto files = peft::writeAdapter(**network, {{"a", "axon", "#ff0000", 0}}, {});
    const auto& config = files.at(peft::kAdapterConfigFile);
    const nlohmann::json alone = infoOfText("lone.json", std::string(config.begin(), config.end()));
    EXPECT_EQ(alone["kind"], "configuration of an adapter");
    EXPECT_EQ(alone["method"], "lora");
    EXPECT_EQ(alone["classes"][0]["name"], "axon");
    ProjectContents contents;
    contents.classes = testing::makeClasses({"cell"});
    ASSERT_TRUE(writeProject(contents, folder / "a.finebrush"));
    std::filesystem::rename(folder / "a.finebrush", folder / "a.backup");
    EXPECT_EQ(infoOf(folder / "a.backup")["kind"], "project");
}

TEST_F(DocumentInfo, SaysWhyAFileIsOfNoKnownKind) {
    using ::testing::HasSubstr;
    EXPECT_THAT(refusalOf("a.json", R"({"version": 1})"), HasSubstr("it is JSON, but"));
    EXPECT_THAT(refusalOf("cut.json", R"({"shapes": [)"), HasSubstr("not well-formed"));
    EXPECT_THAT(refusalOf("via.json", R"({"_via_img_metadata": {}})"), HasSubstr("VIA"));
    EXPECT_THAT(refusalOf("list.json", "[1, 2]"), HasSubstr("entry 1"));
    EXPECT_THAT(refusalOf("a.md", "# Words\n"), HasSubstr("text"));
    EXPECT_THAT(refusalOf("empty.pth", ""), HasSubstr("empty"));
    EXPECT_THAT(refusalOf("a.bin", std::string(64, '\x01')), HasSubstr("begins"));
}

}  // namespace
}  // namespace finebrush

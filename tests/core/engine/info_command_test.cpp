#include "core/engine/command_line/info_command.h"

#include "core/base/files.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/load_state.h"
#include "core/checkpoint/safetensors_file.h"
#include "core/engine/adapter_folder.h"
#include "core/exporters/class_list.h"
#include "core/exporters/coco_exporter.h"
#include "core/exporters/mask_exporter.h"
#include "core/image/raster/png_writer.h"
#include "core/peft/files/adapter_file.h"
#include "core/peft/files/foreign_adapter.h"
#include "core/project/project_salvage.h"
#include "core/training/checkpoint/training_checkpoint.h"
#include "tests/core/checkpoint/checkpoint_fixtures.h"
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

TEST(InfoCommand, TellsAnAdapterOfAutoGluonByItsFileOrFolder) {
    const testing::TemporaryFolder folder;
    const std::string layer = "state_dict.model.model.vision_encoder.layers.0.attn.qkv.";
    NamedTensors tensors;
    tensors.tensors.insert(layer + "lora_A", torch::rand({3, 24}));
    tensors.tensors.insert(layer + "lora_B", torch::rand({72, 3}));
    tensors.tensors.insert(layer + "lora_moe_gating.w_gate", torch::rand({3, 2}));
    tensors.tensors.insert(layer + "lora_moe_gating.mean", torch::zeros({1}));
    testing::writeBytes(folder / peft::kAutoGluonFile, testing::pthOf(tensors));
    ASSERT_TRUE(writeFileAtomically(folder / peft::kAutoGluonConfig,
                                    std::string("optim:\n  lora:\n    r: 3\n    alpha: 8\n")));
    for (const std::filesystem::path& path : {folder / peft::kAutoGluonFile, folder.path()}) {
        const nlohmann::json info = infoOf(path);
        EXPECT_EQ(info["kind"], "adapter") << path;
        EXPECT_EQ(info["written_by"], "AutoGluon") << path;
        EXPECT_EQ(info["method"], "conv_lora") << path;
        EXPECT_EQ(info["rank"], 3) << path;
        EXPECT_EQ(info["alpha"], 8) << path;
        EXPECT_EQ(info["scales"], (std::vector<int>{1, 2})) << path;
        EXPECT_EQ(info["gate"], "paper") << path;
        EXPECT_EQ(info["parameters"], 3 * 24 + 72 * 3 + 3 * 2) << path << ": a buffer is none";
        EXPECT_TRUE(info["classes"].empty()) << path;
        EXPECT_FALSE(info.contains("blocks")) << path << ": without its base that is not known";
    }
}

TEST(InfoCommand, TellsALoraOfPeft) {
    const testing::TemporaryFolder folder;
    NamedTensors tensors;
    for (const std::string layer : {"attn.qkv.", "attn.proj."}) {
        const std::string name = "base_model.model.vision_encoder.layers.0.";
        tensors.tensors.insert(name + layer + "lora_A.weight", torch::rand({3, 24}));
        tensors.tensors.insert(name + layer + "lora_B.weight", torch::rand({24, 3}));
    }
    const nlohmann::json config = {{"peft_type", "LORA"},
                                   {"r", 3},
                                   {"lora_alpha", 6},
                                   {"bias", "none"},
                                   {"base_model_name_or_path", "facebook/sam-vit-base"}};
    ASSERT_TRUE(writeSafetensors(folder / peft::kAdapterTensorsFile, tensors));
    ASSERT_TRUE(writeFileAtomically(folder / peft::kAdapterConfigFile, config.dump()));
    const nlohmann::json info = infoOf(folder.path());
    EXPECT_EQ(info["kind"], "adapter");
    EXPECT_EQ(info["written_by"], "PEFT");
    EXPECT_EQ(info["method"], "lora");
    EXPECT_EQ(info["rank"], 3);
    EXPECT_EQ(info["alpha"], 6);
    EXPECT_EQ(info["projections"], "q,k,v,o");
    EXPECT_EQ(info["parameters"], 4 * 3 * 24);
    EXPECT_EQ(info["base"], "facebook/sam-vit-base");
    EXPECT_FALSE(info.contains("blocks"));
    EXPECT_FALSE(info.contains("gate"));
}

/// The small networks of the reference.
struct CheckpointInfo : ::testing::Test {
    void SetUp() override {
        if (!std::filesystem::exists(golden))
            GTEST_SKIP() << "NOT TESTED: the reference is not here: " << golden;
    }

    const std::filesystem::path golden = testing::referenceFolder() / "golden";
    testing::TemporaryFolder folder;
};

TEST_F(CheckpointInfo, TellsTheNetworkOfOfficialNames) {
    const std::filesystem::path file = golden / "sam_vit_small.pth";
    const nlohmann::json info = infoOf(file);
    EXPECT_EQ(info["kind"], "checkpoint");
    EXPECT_EQ(info["names"], "official");
    EXPECT_EQ(info["types"], (std::vector<std::string>{"Float"}));
    EXPECT_EQ(info["tensors"], readCheckpoint(file).value().tensors.size());
    EXPECT_EQ(info["elements"], elementCount(readCheckpoint(file).value()));
    EXPECT_EQ(info["sha256"], sha256OfFile(file).value());
    EXPECT_EQ(info["network"], "SAM ViT");
    EXPECT_EQ(info["architecture"], "ViT");
    EXPECT_GT(info["parameters"], 100000);
    EXPECT_LT(info["parameters"], info["elements"]) << "the matrix of positions does not train";
    EXPECT_EQ(info["input_size"], 128);
    EXPECT_EQ(info["pixels"], "ImageNet's mean and deviation") << "the name of its file says nothing";
    EXPECT_EQ(info["bytes"], std::filesystem::file_size(file));
    EXPECT_GT(info["seconds_per_view"], 0);
    EXPECT_EQ(info["licence"], "unknown") << "nobody has published it";
}

TEST_F(CheckpointInfo, TellsTheNetworkOfHuggingFacesNamesInEveryType) {
    const NamedTensors state =
        tensorsBelow(readCheckpoint(golden / "sam_hf_small.safetensors").value(), "state.");
    ASSERT_TRUE(writeFileAtomically(folder / "README.md", std::string("---\nlicense: mit\n---\n")));
    for (const auto& [type, name] : {std::pair{torch::kFloat, "Float"}, std::pair{torch::kHalf, "Half"},
                                     std::pair{torch::kBFloat16, "BFloat16"}}) {
        NamedTensors tensors;
        for (const auto& entry : state.tensors) tensors.tensors.insert(entry.key(), entry.value().to(type));
        ASSERT_TRUE(writeSafetensors(folder / "model.safetensors", tensors));
        const nlohmann::json info = infoOf(folder / "model.safetensors");
        EXPECT_EQ(info["kind"], "checkpoint") << name;
        EXPECT_EQ(info["names"], "Hugging Face's") << name;
        EXPECT_EQ(info["types"], (std::vector<std::string>{name}));
        EXPECT_EQ(info["network"], "SAM ViT") << name;
        EXPECT_EQ(info["input_size"], 128) << name;
        EXPECT_EQ(info["bytes"], std::filesystem::file_size(folder / "model.safetensors")) << name;
        EXPECT_GT(info["seconds_per_view"], 0) << name;
        EXPECT_EQ(info["licence"], "mit (by the model card beside it)") << name;
    }
}

TEST(InfoCommand, TellsByWhatACheckpointIsTakenForMedSam) {
    using ::testing::StartsWith;
    sam::SamDescription description = testing::smallVitDescription();
    description.encoder.channels = 768;  // by which SAM ViT-B is known
    description.encoder.heads = 12;
    description.encoder.depth = 1;
    description.encoder.globalBlocks = {0};
    description.decoder.heads = 8;
    const NamedTensors state = stateOf(*testing::frozenNetwork(description));
    const testing::TemporaryFolder folder;
    const auto infoUnder = [&](const std::string& name) {
        EXPECT_TRUE(writeSafetensors(folder / name, state));
        return infoOf(folder / name);
    };
    const nlohmann::json plain = infoUnder("sam_vit_b.safetensors");
    EXPECT_EQ(plain["network"], "SAM ViT-B");
    EXPECT_THAT(
        plain["pixels"].get<std::string>(),
        StartsWith("ImageNet's mean and deviation (taken for SAM by its name; --normalisation medsam"));
    const nlohmann::json medical = infoUnder("MedSAM_vit_b.safetensors");
    EXPECT_EQ(medical["network"], "MedSAM");
    EXPECT_THAT(medical["pixels"].get<std::string>(),
                StartsWith("0 to 1 (taken for MedSAM by its name; --normalisation sam"));
    EXPECT_THAT(medical["licence"].get<std::string>(), StartsWith("Apache-2.0 (of the published network;"));
}

TEST(InfoCommand, SaysOfOtherTensorsThatTheyAreNoKnownNetwork) {
    const testing::TemporaryFolder folder;
    NamedTensors tensors;
    tensors.tensors.insert("conv1.weight", torch::zeros({4, 3, 7, 7}));
    ASSERT_TRUE(writeSafetensors(folder / "resnet.safetensors", tensors));
    const nlohmann::json info = infoOf(folder / "resnet.safetensors");
    EXPECT_EQ(info["kind"], "checkpoint");
    EXPECT_EQ(info["elements"], 4 * 3 * 7 * 7);
    EXPECT_THAT(info["network"].get<std::string>(), ::testing::HasSubstr("no known network"));
    EXPECT_FALSE(info.contains("licence"));
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

#pragma once

#include "core/messages/messages.h"

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

/// One filled-in message of every type, each field unlike its default.
namespace finebrush::messages {

inline PixelBuffer samplePixels(PixelType type = PixelType::UInt16) {
    PixelBuffer pixels{.size = {3, 2}, .bands = 4, .type = type, .bytes = {}, .nodata = -9999.5};
    pixels.bytes.resize(static_cast<size_t>(pixels.size.area()) * pixels.bytesPerPixel());
    std::iota(pixels.bytes.begin(), pixels.bytes.end(), uint8_t{250});
    pixels.hidden = {0, 1, 0, 0, 0, 1};
    pixels.limits = {{-2.5, 300}, {0, 7}};
    return pixels;
}

inline IndexMask sampleMask() {
    return {{3, 2}, {0, 1, 2, kUnlabelled, 4, 5}};
}

inline std::vector<ClassInfo> sampleClasses() {
    return {{"8f14e45f-ceea-467f-a0e6-0e2a4d6f7b10", "신경", "#ff8000", 7}, {"b", "myelin", "#0080ff", 0}};
}

inline AdapterFiles sampleFiles() {
    return {{"adapter_config.json", {'{', '}'}}, {"adapter_model.safetensors", {0, 255, 128}}, {"empty", {}}};
}

inline std::vector<ToEngine> sampleToEngine() {
    const LabelledImage image{"image 1", samplePixels(), sampleMask()};
    const LabelledImage unlabelled{"image 2", samplePixels(PixelType::Float64), {}};
    const AdaptationSettings settings{.method = "lora",
                                      .gate = GateMode::Paper,
                                      .rank = 3,
                                      .alpha = 1.1,
                                      .experts = 8,
                                      .scales = "2,3",
                                      .topExperts = 2,
                                      .balanceWeight = 0.25,
                                      .projections = "q,o",
                                      .blocks = 7,
                                      .inputSize = 384,
                                      .queries = 12,
                                      .loss = PaintedLoss::Structure,
                                      .keep = Keep::Adapted,
                                      .steps = 70,
                                      .minutes = 2.5,
                                      .seed = 0xfedcba9876543210,
                                      .threads = 2,
                                      .device = "cuda",
                                      .workingScale = 0.4,
                                      .inputRange = "window:40,400",
                                      .model = "/models/신경.pth",
                                      .start = "/어댑터"};
    const std::string saved = "/tmp/신경.training";
    return {
        Hello{.protocolVersion = 12, .version = "1.2.3", .threads = 4, .devices = {}, .models = {}},
        Adapt{settings, sampleClasses(), {image, image}, unlabelled, saved, sampleFiles(), int64_t{1} << 40},
        Adapt{settings, {}, {}, std::nullopt},
        ShowPreview{"image 2", samplePixels(PixelType::Float32)},
        Predict{"image 3", samplePixels(PixelType::UInt8), true, 5},
        LoadAdapter{sampleFiles(), "vit.pth", 6},
        DescribeModels{{"", "a.pth"}},
        UseModel{"a.pth", 512},
        UseModel{},
        Pause{},
        Resume{},
        Stop{},
        ResultStored{},
        EmbedView{"view 1", {-3, 4, 5, 6}, samplePixels(PixelType::UInt8)},
        PromptMasks{"v", int64_t{1} << 40, {{1.5, 2.25, true}, {-3, 4, false}}, PromptBox{1, 2, 3.5, 4}},
        PromptMasks{"view 1", 3, {}, std::nullopt}};
}

inline std::vector<FromEngine> sampleFromEngine() {
    const Error error{ErrorCode::OutOfMemory, {"cuda:0"}, "tried to allocate 2 GiB"};
    return {Hello{1, "0.1.0", 2, {{"cpu", "a processor", int64_t{1} << 40}}, {{"LiteMedSAM", "79d8", 256}}},
            Progress{Stage::Training, 0.25, 12.5},
            Progress{Stage::Choosing, 1.0, std::nullopt},
            StepMetrics{
                .step = 3,
                .totalSteps = 80,
                .loss = 1.5,
                .paintedLoss = 1.0,
                .unpaintedLoss = 0.3,
                .balanceLoss = 0.2,
                .learningRate = 5e-4,
                .seconds = 0.75,
                .usage = {{"layers.1.blocks.0", {0.1f, 0.2f, 0.7f}, {1, 2, 8}}, {"layers.1.blocks.1", {}}},
                .validationScore = 0.5},
            TrainingSaved{12},
            Prediction{"image 1", 40, true, sampleMask(), {1, 2, 3, 4, 5, 255}},
            Prediction{"image 1", 0, false, sampleMask(), {}},
            Adapted{true, 60, 33.5, int64_t{5} << 33, "preview", 0.5, 0.25, sampleFiles(), 12},
            AdapterLoaded{sampleClasses(), 6},
            Failed{error, 7},
            Warned{error},
            ViewEmbedded{"view 1"},
            ProposedMasks{7, 3, {{0, 0.75, {1, 2, 3, 4, 5, 6}}, {3, 1.02, {}}}},
            PromptFailed{"view 1", error},
            ModelDescribed{{"SAM ViT-B", "ec2d", 1024, "/models/b.pth", "ViT", int64_t{1} << 35, 375042383,
                            "Apache-2.0", 2.5, LicenceEvidence::Family}},
            ModelRefused{"/models/c.pth", error}};
}

}  // namespace finebrush::messages

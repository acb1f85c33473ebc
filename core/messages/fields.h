#pragma once

#include "core/messages/messages.h"

#include <array>
#include <concepts>
#include <type_traits>
#include <utility>

/// The wire names of every message and of its fields, once, for writing and for reading:
/// `visitFields(archive, value)` calls `archive(name, field)` for each field.
namespace finebrush::messages {

/// Either a `Value` that is read into or a `const Value` that is written.
template <typename Visited, typename Value>
concept MaybeConst = std::same_as<std::remove_const_t<Visited>, Value>;

template <typename Message>
inline constexpr const char* kTypeName = nullptr;
template <>
inline constexpr const char* kTypeName<Hello> = "hello";
template <>
inline constexpr const char* kTypeName<Adapt> = "adapt";
template <>
inline constexpr const char* kTypeName<ShowPreview> = "show_preview";
template <>
inline constexpr const char* kTypeName<Predict> = "predict";
template <>
inline constexpr const char* kTypeName<LoadAdapter> = "load_adapter";
template <>
inline constexpr const char* kTypeName<Pause> = "pause";
template <>
inline constexpr const char* kTypeName<Resume> = "resume";
template <>
inline constexpr const char* kTypeName<Stop> = "stop";
template <>
inline constexpr const char* kTypeName<ResultStored> = "result_stored";
template <>
inline constexpr const char* kTypeName<EmbedView> = "embed_view";
template <>
inline constexpr const char* kTypeName<PromptMasks> = "prompt_masks";
template <>
inline constexpr const char* kTypeName<Progress> = "progress";
template <>
inline constexpr const char* kTypeName<StepMetrics> = "step_metrics";
template <>
inline constexpr const char* kTypeName<TrainingSaved> = "training_saved";
template <>
inline constexpr const char* kTypeName<Prediction> = "prediction";
template <>
inline constexpr const char* kTypeName<Adapted> = "adapted";
template <>
inline constexpr const char* kTypeName<AdapterLoaded> = "adapter_loaded";
template <>
inline constexpr const char* kTypeName<Failed> = "failed";
template <>
inline constexpr const char* kTypeName<Warned> = "warned";
template <>
inline constexpr const char* kTypeName<ViewEmbedded> = "view_embedded";
template <>
inline constexpr const char* kTypeName<ProposedMasks> = "proposed_masks";
template <>
inline constexpr const char* kTypeName<PromptFailed> = "prompt_failed";
template <>
inline constexpr const char* kTypeName<DescribeModels> = "describe_models";
template <>
inline constexpr const char* kTypeName<UseModel> = "use_model";
template <>
inline constexpr const char* kTypeName<ModelDescribed> = "model_described";
template <>
inline constexpr const char* kTypeName<ModelRefused> = "model_refused";

/// The names of an enum's values on the wire.
template <typename Enum>
inline constexpr std::array<std::pair<Enum, const char*>, 0> kEnumNames{};
template <>
inline constexpr std::array kEnumNames<GateMode> = {std::pair{GateMode::Informative, "informative"},
                                                    std::pair{GateMode::Paper, "paper"}};
template <>
inline constexpr std::array kEnumNames<PaintedLoss> = {
    std::pair{PaintedLoss::PartialCrossEntropy, "partial_cross_entropy"},
    std::pair{PaintedLoss::Structure, "structure"}, std::pair{PaintedLoss::Dice, "dice"},
    std::pair{PaintedLoss::Focal, "focal"}, std::pair{PaintedLoss::BalancedBce, "balanced_bce"}};
template <>
inline constexpr std::array kEnumNames<Keep> = {std::pair{Keep::Better, "better"},
                                                std::pair{Keep::Preview, "preview"},
                                                std::pair{Keep::Adapted, "adapted"}};
template <>
inline constexpr std::array kEnumNames<LicenceEvidence> = {
    std::pair{LicenceEvidence::File, "file"}, std::pair{LicenceEvidence::ModelCard, "model_card"},
    std::pair{LicenceEvidence::Family, "family"}};
template <>
inline constexpr std::array kEnumNames<Stage> = {std::pair{Stage::LoadingModel, "loading_model"},
                                                 std::pair{Stage::ReadingFeatures, "reading_features"},
                                                 std::pair{Stage::FittingPreview, "fitting_preview"},
                                                 std::pair{Stage::Training, "training"},
                                                 std::pair{Stage::Choosing, "choosing"},
                                                 std::pair{Stage::Predicting, "predicting"}};

// ---- values ----

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<AdaptationSettings> auto& settings) {
    archive("method", settings.method);
    archive("gate", settings.gate);
    archive("rank", settings.rank);
    archive("alpha", settings.alpha);
    archive("experts", settings.experts);
    archive("top_experts", settings.topExperts);
    archive("steps", settings.steps);
    archive("minutes", settings.minutes);
    archive("seed", settings.seed);
    archive("threads", settings.threads);
    archive("device", settings.device);
    archive("working_scale", settings.workingScale);
    archive("input_range", settings.inputRange);
    archive("model", settings.model);
    archive("start", settings.start);
    archive.later("scales", settings.scales);
    archive.later("balance_weight", settings.balanceWeight);
    archive.later("projections", settings.projections);
    archive.later("blocks", settings.blocks);
    archive.later("input_size", settings.inputSize);
    archive.later("queries", settings.queries);
    archive.later("loss", settings.loss);
    archive.later("keep", settings.keep);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ClassInfo> auto& entry) {
    archive("id", entry.id);
    archive("name", entry.name);
    archive("colour", entry.colour);
    archive("value", entry.value);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<LabelledImage> auto& image) {
    archive("image_id", image.imageId);
    archive("pixels", image.pixels);
    archive("labels", image.labels);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<DeviceInfo> auto& device) {
    archive("name", device.name);
    archive("description", device.description);
    archive("memory_bytes", device.memoryBytes);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ModelInfo> auto& model) {
    archive("name", model.name);
    archive("sha256", model.sha256);
    archive("input_size", model.inputSize);
    archive("file", model.file);
    archive("architecture", model.architecture);
    archive("parameters", model.parameters);
    archive("file_bytes", model.fileBytes);
    archive("licence", model.licence);
    archive("seconds_per_view", model.secondsPerView);
    archive("licence_evidence", model.licenceEvidence);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ExpertUsage> auto& usage) {
    archive("layer", usage.layer);
    archive("shares", usage.shares);
    archive.later("scales", usage.scales);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Error> auto& error) {
    archive("code", error.code);
    archive("arguments", error.arguments);
    archive("detail", error.detail);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<RectInImage> auto& rect) {
    archive("x", rect.x);
    archive("y", rect.y);
    archive("width", rect.width);
    archive("height", rect.height);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<PromptPoint> auto& point) {
    archive("x", point.x);
    archive("y", point.y);
    archive("is_object", point.isObject);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<PromptBox> auto& box) {
    archive("left", box.left);
    archive("top", box.top);
    archive("right", box.right);
    archive("bottom", box.bottom);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ProposedMask> auto& mask) {
    archive("level", mask.level);
    archive("iou", mask.iou);
    archive("spans", mask.spans);
}

// ---- window → engine ----

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Hello> auto& hello) {
    archive("protocol_version", hello.protocolVersion);
    archive("version", hello.version);
    archive("threads", hello.threads);
    archive("devices", hello.devices);
    archive("models", hello.models);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Adapt> auto& adapt) {
    archive("settings", adapt.settings);
    archive("classes", adapt.classes);
    archive("images", adapt.images);
    archive("preview", adapt.preview);
    archive("checkpoint", adapt.checkpoint);
    archive("start", adapt.start);
    archive.later("request_id", adapt.requestId);  // runs of older projects have none
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ShowPreview> auto& preview) {
    archive("image_id", preview.imageId);
    archive("pixels", preview.pixels);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Predict> auto& predict) {
    archive("image_id", predict.imageId);
    archive("pixels", predict.pixels);
    archive("quick", predict.quick);
    archive("request_id", predict.requestId);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<LoadAdapter> auto& load) {
    archive("files", load.files);
    archive("model", load.model);
    archive("request_id", load.requestId);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<DescribeModels> auto& describe) {
    archive("models", describe.models);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<UseModel> auto& use) {
    archive("model", use.model);
    archive("input_size", use.inputSize);
}

template <typename Archive>
void visitFields(Archive&, MaybeConst<Pause> auto&) {}
template <typename Archive>
void visitFields(Archive&, MaybeConst<Resume> auto&) {}
template <typename Archive>
void visitFields(Archive&, MaybeConst<Stop> auto&) {}
template <typename Archive>
void visitFields(Archive&, MaybeConst<ResultStored> auto&) {}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<EmbedView> auto& embed) {
    archive("view_id", embed.viewId);
    archive("rect", embed.rect);
    archive("pixels", embed.pixels);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<PromptMasks> auto& prompt) {
    archive("view_id", prompt.viewId);
    archive("request", prompt.request);
    archive("points", prompt.points);
    archive("box", prompt.box);
}

// ---- engine → window ----

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Progress> auto& progress) {
    archive("stage", progress.stage);
    archive("fraction", progress.fraction);
    archive("seconds_left", progress.secondsLeft);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<StepMetrics> auto& metrics) {
    archive("step", metrics.step);
    archive("total_steps", metrics.totalSteps);
    archive("loss", metrics.loss);
    archive("painted_loss", metrics.paintedLoss);
    archive("unpainted_loss", metrics.unpaintedLoss);
    archive("balance_loss", metrics.balanceLoss);
    archive("learning_rate", metrics.learningRate);
    archive("seconds", metrics.seconds);
    archive("usage", metrics.usage);
    archive("validation_score", metrics.validationScore);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<TrainingSaved> auto& saved) {
    archive("step", saved.step);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Prediction> auto& prediction) {
    archive("image_id", prediction.imageId);
    archive("step", prediction.step);
    archive("is_final", prediction.isFinal);
    archive("mask", prediction.mask);
    archive("confidence", prediction.confidence);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Adapted> auto& adapted) {
    archive("stopped", adapted.stopped);
    archive("steps", adapted.steps);
    archive("seconds", adapted.seconds);
    archive("trainable_parameters", adapted.trainableParameters);
    archive("chosen", adapted.chosen);
    archive("preview_score", adapted.previewScore);
    archive("adapted_score", adapted.adaptedScore);
    archive("adapter", adapted.adapter);
    archive("resumed_from", adapted.resumedFrom);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<AdapterLoaded> auto& loaded) {
    archive("classes", loaded.classes);
    archive("request_id", loaded.requestId);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Failed> auto& failed) {
    archive("error", failed.error);
    archive.later("request_id", failed.requestId);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<Warned> auto& warned) {
    archive("error", warned.error);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ViewEmbedded> auto& embedded) {
    archive("view_id", embedded.viewId);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ProposedMasks> auto& proposed) {
    archive("request", proposed.request);
    archive("usual", proposed.usual);
    archive("masks", proposed.masks);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<PromptFailed> auto& failed) {
    archive("view_id", failed.viewId);
    archive("error", failed.error);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ModelDescribed> auto& described) {
    archive("model", described.model);
}

template <typename Archive>
void visitFields(Archive& archive, MaybeConst<ModelRefused> auto& refused) {
    archive("file", refused.file);
    archive("error", refused.error);
}

}  // namespace finebrush::messages

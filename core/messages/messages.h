#pragma once

#include "core/base/error.h"
#include "core/base/pixel_buffer.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// What crosses between the window and the engine: plain values, copied. `codec.h` turns them into frames and
/// back. A request that may fail has a number, which `Failed` and `AdapterLoaded` give back; 0: none. Other
/// answers name what they are of: an image, a view, a file. Of adaptations there is one at a time.
namespace finebrush::messages {

inline constexpr int kProtocolVersion = 11;

// ---- values

/// How the gate of a Conv-LoRA layer works; the reasons are in the chapter on Conv-LoRA of
/// `core/peft/README.md`.
enum class GateMode { Informative, Paper };

/// How an adaptation weighs what it gets wrong on painted pixels.
enum class PaintedLoss {
    PartialCrossEntropy,  ///< class-balanced cross-entropy; the recipe's
    Structure,            ///< PraNet's: stress on pixels near a border, and the overlap
    Dice,                 ///< the overlap alone
    Focal,                ///< cross-entropy with stress on what is not yet sure
    BalancedBce,          ///< each class against the rest, both sides of equal weight
};

/// What an adaptation ends with.
enum class Keep {
    Better,   ///< the preview, or the trained weights where the held-out strokes or images prefer them
    Preview,  ///< the preview; nothing is trained
    Adapted,  ///< the trained weights, also where they are judged worse
};

/// How an adaptation is done. The defaults are the product's recipe.
struct AdaptationSettings {
    std::string method = "conv_lora";
    GateMode gate = GateMode::Informative;
    int rank = 4;
    double alpha = 8;  ///< the adapter's output is scaled by alpha / rank
    int experts =
        4;  ///< expert i works at the detail scale i×, 1 ≤ i ≤ experts, unless `scales` says otherwise
    std::string scales = {};            ///< of all experts, as `scalesFromText` reads them
    int topExperts = 1;                 ///< experts that the gate keeps for a sample
    double balanceWeight = 0.01;        ///< of the loss that keeps the gate from using few experts only
    std::string projections = "q,k,v";  ///< that have a low-rank adapter, as `projectionsFromText` reads them
    int blocks = 0;                     ///< so many of the last blocks have a low-rank adapter; 0: all
    int inputSize =
        0;  ///< px, of the longer side of an image as the network sees it first; 0: as usual for the model
    int queries =
        0;  ///< mask tokens of a decoder with a class head, at least as many as classes; 0: a token a class
    PaintedLoss loss = PaintedLoss::PartialCrossEntropy;
    Keep keep = Keep::Better;
    int steps = 0;       ///< 0: the recipe's own number
    double minutes = 0;  ///< stop after this time; 0: no limit
    uint64_t seed = 0;
    int threads = 0;              ///< 0: all cores
    std::string device = "auto";  ///< "auto", "cpu" or "cuda"
    double workingScale = 0;  ///< model pixels per image pixel, of a TinyViT; 0: proposed from the strokes
    std::optional<std::string> inputRange =
        {};                                 ///< what the network gets of raw values, as `InputRange`'s text
    std::optional<std::string> model = {};  ///< checkpoint on the engine's machine; nothing: its default one
    /// The folder, on the window's machine, of the adapter that it goes on from; nothing: a fresh one.
    std::optional<std::string> start = {};
    bool operator==(const AdaptationSettings&) const = default;
};

/// A class as the engine knows it. Label pixels hold `value`.
struct ClassInfo {
    std::string id;
    std::string name;
    std::string colour;  ///< "#rrggbb"
    uint8_t value = 0;
    bool operator==(const ClassInfo&) const = default;
};

/// An image with what is painted on it.
struct LabelledImage {
    std::string imageId;
    PixelBuffer pixels;
    IndexMask labels;
    bool operator==(const LabelledImage&) const = default;
};

/// The files of an adapter folder by name.
using AdapterFiles = std::map<std::string, std::vector<uint8_t>>;

struct DeviceInfo {
    std::string name;         ///< "cpu", "cuda:0"
    std::string description;  ///< what the maker calls it
    int64_t memoryBytes = 0;
    bool operator==(const DeviceInfo&) const = default;
};

/// What tells the licence of a network's weights.
enum class LicenceEvidence {
    File,       ///< the file is as its makers published it
    ModelCard,  ///< the card that lies beside the file
    Family,     ///< the makers' own file of this network; one that was trained further may have another
};

struct ModelInfo {
    std::string name;  ///< "LiteMedSAM"
    std::string sha256;
    int inputSize = 0;              ///< px, of the square that the network sees
    std::string file = {};          ///< as it was asked for; empty: the engine's default one
    std::string architecture = {};  ///< of the image encoder: "ViT", "TinyViT"
    int64_t parameters = 0;         ///< of the whole network
    int64_t fileBytes = 0;
    std::string licence = {};   ///< as SPDX calls it, or the model card; empty: not known
    double secondsPerView = 0;  ///< for the image encoder on the engine's machine; 0: not measured yet
    LicenceEvidence licenceEvidence = LicenceEvidence::File;  ///< of `licence`
    bool operator==(const ModelInfo&) const = default;
};

// ---- window → engine

/// The first frame each way.
struct Hello {
    int protocolVersion = kProtocolVersion;
    std::string version;  ///< of the program, "0.1.0"
    int threads = 0;
    std::vector<DeviceInfo> devices;  ///< from the engine only
    std::vector<ModelInfo> models;    ///< from the engine only
    bool operator==(const Hello&) const = default;
};

/// Start an adaptation on all labelled images. `preview` is predicted while it learns.
struct Adapt {
    AdaptationSettings settings;
    std::vector<ClassInfo> classes;
    std::vector<LabelledImage> images;
    std::optional<LabelledImage> preview;  ///< its labels may be empty
    /// The engine's file for the training while it runs. What an interrupted one left there is gone on with,
    /// if all else is as it was. Empty: none.
    std::optional<std::string> checkpoint = {};
    std::optional<AdapterFiles> start = {};  ///< of the adapter that `settings.start` names
    int64_t requestId = 0;
    bool operator==(const Adapt&) const = default;
};

/// Change which image is predicted while training goes on.
struct ShowPreview {
    std::string imageId;
    PixelBuffer pixels;
    bool operator==(const ShowPreview&) const = default;
};

/// Predict one image with the adapter that is loaded, now (between steps, while training). Answered by a
/// quick `Prediction` and, once no training runs, a final one, which is more thorough unless `quick` is set:
/// for parts of a large image, of which many are asked for.
struct Predict {
    std::string imageId;
    PixelBuffer pixels;
    bool quick = false;
    int64_t requestId = 0;
    bool operator==(const Predict&) const = default;
};

/// Make an adapter of an earlier session the one that predicts.
struct LoadAdapter {
    AdapterFiles files;
    std::optional<std::string> model =
        {};  ///< the checkpoint that it was trained on; nothing: the default one
    int64_t requestId = 0;
    bool operator==(const LoadAdapter&) const = default;
};

struct Pause {
    bool operator==(const Pause&) const = default;
};
struct Resume {
    bool operator==(const Resume&) const = default;
};
/// Stop the adaptation; what was learned so far is kept and reported by `Adapted`.
struct Stop {
    bool operator==(const Stop&) const = default;
};

/// What the last adaptation made is on the window's disk: its checkpoint may go.
struct ResultStored {
    bool operator==(const ResultStored&) const = default;
};

/// Look at a part of an image, so that prompts can be put on it. Answered by `ViewEmbedded` or
/// `PromptFailed`.
struct EmbedView {
    std::string viewId;
    RectInImage rect;    ///< the part, in px of the image
    PixelBuffer pixels;  ///< of the part; fewer px than `rect` where that is huge
    bool operator==(const EmbedView&) const = default;
};

/// A click; in px of the image, as `PointInImage`.
struct PromptPoint {
    double x = 0;
    double y = 0;
    bool isObject = true;  ///< else it is what the object is not
    bool operator==(const PromptPoint&) const = default;
};

/// In px of the image.
struct PromptBox {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;
    bool operator==(const PromptBox&) const = default;
};

/// Propose masks for prompts on the view that was embedded last, now (between steps, while training).
/// Answered by `ProposedMasks` or `PromptFailed`.
struct PromptMasks {
    std::string viewId;
    int64_t request = 0;  ///< comes back with the answer
    std::vector<PromptPoint> points;
    std::optional<PromptBox> box;
    bool operator==(const PromptMasks&) const = default;
};

/// Say what these checkpoints are, empty: the default one. Each is answered by `ModelDescribed`, and again
/// once its speed is measured, or by `ModelRefused`.
struct DescribeModels {
    std::vector<std::string> models;
    bool operator==(const DescribeModels&) const = default;
};

/// Answer prompts with another network, or of what it sees at another size, from now on. What was embedded is
/// forgotten.
struct UseModel {
    std::optional<std::string> model;  ///< nothing: the default one
    int inputSize = 0;  ///< px, as `AdaptationSettings::inputSize`; one that the network cannot take is as 0
    bool operator==(const UseModel&) const = default;
};

using ToEngine = std::variant<Hello, Adapt, ShowPreview, Predict, LoadAdapter, Pause, Resume, Stop,
                              ResultStored, EmbedView, PromptMasks, DescribeModels, UseModel>;

// ---- engine → window

/// What the engine is busy with.
enum class Stage { LoadingModel, ReadingFeatures, FittingPreview, Training, Choosing, Predicting };

/// Latest wins.
struct Progress {
    Stage stage = Stage::LoadingModel;
    double fraction = 0;                ///< of the whole adaptation, 0..1
    std::optional<double> secondsLeft;  ///< empty until it can be told
    bool operator==(const Progress&) const = default;
};

/// How much each detail scale was used in one layer: its share of the experts' weight, a mean over windows.
struct ExpertUsage {
    std::string layer;             ///< "layers.1.blocks.0"
    std::vector<float> shares;     ///< one per expert; sum 1
    std::vector<int> scales = {};  ///< of the experts; none: 1×, 2×, …
    bool operator==(const ExpertUsage&) const = default;
};

/// One training step. All are kept.
struct StepMetrics {
    int step = 0;  ///< 1-based
    int totalSteps = 0;
    double loss = 0;           ///< the sum that is minimised
    double paintedLoss = 0;    ///< partial cross-entropy on painted pixels
    double unpaintedLoss = 0;  ///< self-training on unpainted pixels
    double balanceLoss = 0;    ///< of the gates
    double learningRate = 0;
    double seconds = 0;              ///< of this step
    std::vector<ExpertUsage> usage;  ///< empty for methods without experts
    std::optional<double> validationScore =
        {};  ///< mean IoU on images that are not trained on, where measured
    bool operator==(const StepMetrics&) const = default;
};

/// So many steps are in the checkpoint: what an engine that dies does not cost.
struct TrainingSaved {
    int step = 0;
    bool operator==(const TrainingSaved&) const = default;
};

/// The predicted classes of a whole image at its own resolution; none where nothing was measured. Latest wins
/// per image.
struct Prediction {
    std::string imageId;
    int step = 0;  ///< 0: the instant preview, before training
    bool isFinal = false;
    IndexMask mask;
    std::vector<uint8_t> confidence;  ///< probability of the chosen class in 1/255, or empty
    bool operator==(const Prediction&) const = default;
};

/// The end of an adaptation. Stopped early is an outcome, not an error.
struct Adapted {
    bool stopped = false;
    int steps = 0;
    double seconds = 0;
    int64_t trainableParameters = 0;
    std::string chosen;       ///< "preview" or "adapted": which did better on held-out strokes
    double previewScore = 0;  ///< mean IoU on held-out strokes, 0..1; NaN where none could be held out
    double adaptedScore = 0;
    AdapterFiles adapter;
    std::optional<int> resumedFrom = {};  ///< the step that an interrupted training went on from
    bool operator==(const Adapted&) const = default;
};

struct AdapterLoaded {
    std::vector<ClassInfo> classes;
    int64_t requestId = 0;
    bool operator==(const AdapterLoaded&) const = default;
};

/// A request could not be carried out. The engine goes on, also with an adaptation that is another request.
struct Failed {
    Error error;
    int64_t requestId = 0;
    bool operator==(const Failed&) const = default;
};

/// Something beside the work went wrong; the work goes on.
struct Warned {
    Error error;
    bool operator==(const Warned&) const = default;
};

/// Prompts can be put on the view.
struct ViewEmbedded {
    std::string viewId;
    bool operator==(const ViewEmbedded&) const = default;
};

/// A mask that may be meant by the prompts.
struct ProposedMask {
    int level = 0;           ///< 1 to 3: of the decoder's three masks for doubtful prompts; 0: its single one
    double iou = 0;          ///< the quality that the network expects
    std::vector<int> spans;  ///< x, y and length of each piece of a row, in px of the image
    bool operator==(const ProposedMask&) const = default;
};

struct ProposedMasks {
    int64_t request = 0;
    int usual = 0;                    ///< the level that is meant, as a rule
    std::vector<ProposedMask> masks;  ///< by level
    bool operator==(const ProposedMasks&) const = default;
};

/// An `EmbedView` or a `PromptMasks` of this view could not be carried out; says nothing of an adaptation.
struct PromptFailed {
    std::string viewId;
    Error error;
    bool operator==(const PromptFailed&) const = default;
};

struct ModelDescribed {
    ModelInfo model;
    bool operator==(const ModelDescribed&) const = default;
};

/// A checkpoint cannot be used.
struct ModelRefused {
    std::string file;  ///< as it was asked for
    Error error;
    bool operator==(const ModelRefused&) const = default;
};

using FromEngine =
    std::variant<Hello, Progress, StepMetrics, TrainingSaved, Prediction, Adapted, AdapterLoaded, Failed,
                 Warned, ViewEmbedded, ProposedMasks, PromptFailed, ModelDescribed, ModelRefused>;

}  // namespace finebrush::messages

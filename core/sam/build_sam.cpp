#include "core/sam/build_sam.h"

#include "core/base/files.h"
#include "core/base/text.h"
#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/load_state.h"
#include "core/sam/key_map.h"
#include "core/sam/network_size.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace finebrush::sam {

namespace {

constexpr int64_t kEmbeddingSize = 64;            // of every TinyViT of the family; its tensors do not tell
constexpr double kHuggingFaceNormEpsilon = 1e-6;  // of SamModel's decoder, where the official one has 1e-5
constexpr char kSamVitB[] = "SAM ViT-B";
constexpr char kMedSam[] = "MedSAM";
constexpr char kMedSamInFileNames[] = "medsam";
constexpr int64_t kDecoderHeads = 8;  // of every published network; its tensors do not tell

// What a file may ask for: published networks are far below.
constexpr int64_t kMostParts = 256;       // blocks, mask tokens
constexpr size_t kMostLayers = 8;         // each halves the map of a TinyViT
constexpr int64_t kMostInputSize = 4096;  // px
constexpr double kMostTables = 1 << 25;   // values that the network makes for itself
/// So many weights may be missing from a file that the report of what is missing can be made.
constexpr double kMostMissing = 1 << 24;

/// Sizes of a checkpoint's tensors by name; a name that is not there, or has fewer dimensions, has size 0.
class Shapes {
  public:
    explicit Shapes(const NamedTensors& named) : named_(named) {}

    /// What was asked for and is not there: some of what is missing.
    const std::vector<std::string>& missing() const { return missing_; }

    bool contains(const std::string& name) const { return named_.tensors.contains(name); }

    int64_t size(const std::string& name, int64_t dimension) {
        const torch::Tensor* tensor = named_.tensors.find(name);
        if (!tensor && !std::ranges::count(missing_, name)) missing_.push_back(name);
        return tensor && dimension < tensor->dim() ? tensor->size(dimension) : 0;
    }

    /// How many of "<list>.0.<child>", "<list>.1.<child>" ... there are.
    int64_t count(const std::string& list, const std::string& child) const {
        int64_t found = 0;
        while (contains(list + "." + std::to_string(found) + "." + child)) ++found;
        return found;
    }

  private:
    const NamedTensors& named_;
    std::vector<std::string> missing_;
};

int64_t squareRoot(int64_t square) {
    return std::llround(std::sqrt(static_cast<double>(square)));
}

DecoderDescription describeDecoder(Shapes& shapes) {
    DecoderDescription decoder;
    const std::string transformer = "mask_decoder.transformer.layers";
    decoder.channels = shapes.size("mask_decoder.mask_tokens.weight", 1);
    decoder.maskTokens = shapes.size("mask_decoder.mask_tokens.weight", 0);
    decoder.depth = shapes.count(transformer, "norm1.weight");
    decoder.heads = kDecoderHeads;
    decoder.mlpChannels = shapes.size(transformer + ".0.mlp.lin1.weight", 0);
    decoder.maskInputChannels = shapes.size("prompt_encoder.mask_downscaling.3.weight", 0);
    decoder.iouHeadChannels = shapes.size("mask_decoder.iou_prediction_head.layers.0.weight", 0);
    decoder.iouHeadDepth = shapes.count("mask_decoder.iou_prediction_head.layers", "weight");
    return decoder;
}

SamDescription describeTinyVit(Shapes& shapes) {
    SamDescription description;
    EncoderDescription& encoder = description.encoder;
    encoder.kind = EncoderKind::TinyVit;
    encoder.patchStride = shapes.size("image_encoder.patch_embed.seq.0.c.weight", 3) == 1 ? 1 : 2;
    encoder.outputChannels = shapes.size("image_encoder.neck.0.weight", 0);
    encoder.inputSize = 4 * kEmbeddingSize * encoder.patchStride * encoder.patchStride;

    const std::string convolutional = "image_encoder.layers.0.blocks";
    encoder.layers.push_back({.channels = shapes.size(convolutional + ".0.conv3.c.weight", 0),
                              .depth = shapes.count(convolutional, "conv3.c.weight")});
    for (int64_t i = 1;; ++i) {
        const std::string blocks = "image_encoder.layers." + std::to_string(i) + ".blocks";
        const std::string biases = blocks + ".0.attn.attention_biases";
        if (!shapes.contains(biases)) break;
        encoder.layers.push_back({.channels = shapes.size(blocks + ".0.attn.norm.weight", 0),
                                  .depth = shapes.count(blocks, "attn.attention_biases"),
                                  .heads = shapes.size(biases, 0),
                                  .windowSize = squareRoot(shapes.size(biases, 1))});
    }

    const bool lite = encoder.patchStride == 1;
    description.name = lite ? "LiteMedSAM" : "MobileSAM";
    description.normalisation = lite ? PixelNormalisation::UnitRange : PixelNormalisation::ImageNet;
    description.decoder.embeddingSize = kEmbeddingSize;
    return description;
}

const char* nameOfVit(int64_t channels) {
    switch (channels) {
        case 768:
            return kSamVitB;
        case 1024:
            return "SAM ViT-L";
        case 1280:
            return "SAM ViT-H";
        default:
            return "SAM ViT";
    }
}

SamDescription describeVit(Shapes& shapes) {
    SamDescription description;
    EncoderDescription& encoder = description.encoder;
    const std::string blocks = "image_encoder.blocks";
    const int64_t side = shapes.size("image_encoder.pos_embed", 1);
    encoder.kind = EncoderKind::Vit;
    encoder.patchSize = shapes.size("image_encoder.patch_embed.proj.weight", 2);
    encoder.inputSize = side * encoder.patchSize;
    encoder.channels = shapes.size("image_encoder.pos_embed", 3);
    encoder.outputChannels = shapes.size("image_encoder.neck.0.weight", 0);
    encoder.depth = shapes.count(blocks, "attn.rel_pos_h");
    encoder.mlpChannels = shapes.size(blocks + ".0.mlp.lin1.weight", 0);
    encoder.windowSize = 0;
    const int64_t headChannels = shapes.size(blocks + ".0.attn.rel_pos_h", 1);
    encoder.heads = headChannels > 0 ? encoder.channels / headChannels : 0;
    for (int64_t i = 0; i < encoder.depth; ++i) {
        const int64_t positions = shapes.size(blocks + "." + std::to_string(i) + ".attn.rel_pos_h", 0);
        const int64_t attended = (positions + 1) / 2;  // side of what the block's attention sees
        if (attended == side) {
            encoder.globalBlocks.push_back(i);
        } else {
            encoder.windowSize = attended;
        }
    }
    description.name = nameOfVit(encoder.channels);
    description.normalisation = PixelNormalisation::ImageNet;
    description.decoder.embeddingSize = side;
    return description;
}

/// The name of a file, or of the model's folder where the hub calls all files alike.
std::string tellingName(const std::filesystem::path& file) {
    const std::filesystem::path name = file.filename();
    if (name != "model.safetensors" && name != "pytorch_model.bin") return utf8(name);
    std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    // In the hub's cache: models--owner--name/snapshots/<hash>.
    if (folder.parent_path().filename() == "snapshots") folder = folder.parent_path().parent_path();
    return utf8(folder.filename());
}

/// Only the name of its file tells MedSAM.
void recogniseMedSam(SamDescription& description, const std::filesystem::path& file) {
    std::string name = tellingName(file);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return std::tolower(c); });
    if (name.find(kMedSamInFileNames) != std::string::npos) renameNetwork(description, kMedSam);
}

/// Whether its parts can be counted and its input be made: a hostile file has names without end.
bool isModest(const SamDescription& description) {
    const DecoderDescription& decoder = description.decoder;
    int64_t parts = std::max({decoder.depth, decoder.maskTokens, decoder.iouHeadDepth});
    if (description.encoder.kind == EncoderKind::Vit) parts = std::max(parts, description.encoder.depth);
    if (description.encoder.layers.size() > kMostLayers) return false;
    for (const TinyVitLayer& layer : description.encoder.layers) parts = std::max(parts, layer.depth);
    return parts <= kMostParts && description.encoder.inputSize <= kMostInputSize;
}

/// How many values lie in a checkpoint's memory: one that several tensors share counts once.
double valuesIn(const NamedTensors& named) {
    std::map<const void*, double> storages;
    for (const auto& entry : named.tensors) {
        const torch::Tensor& tensor = entry.value();
        storages[tensor.storage().data()] =
            static_cast<double>(tensor.storage().nbytes()) / static_cast<double>(tensor.element_size());
    }
    double count = 0;
    for (const auto& [storage, values] : storages) count += values;
    return count;
}

/// That a network takes about the memory that its checkpoint does: the size of one tensor tells that of many.
Result<void> checkSize(const SamDescription& description, const NamedTensors& tensors,
                       const std::string& source) {
    const double held = valuesIn(tensors);
    const double asked = weightCount(description);
    if (asked <= 2 * held + kMostMissing && tableCount(description) <= kMostTables) return {};
    return failure(
        ErrorCode::CheckpointMismatch,
        {source, formatted("a network of these shapes would have %.0f values, and the file has %.0f",
                           asked + tableCount(description), held)});
}

/// Whether a network can be built from what was read: every size is known, and heads divide channels.
bool isComplete(const SamDescription& description) {
    const EncoderDescription& encoder = description.encoder;
    const DecoderDescription& decoder = description.decoder;
    const auto divides = [](int64_t heads, int64_t channels) {
        return heads > 0 && channels > 0 && channels % heads == 0;
    };
    const bool decoderIsWhole = decoder.maskTokens > 0 && decoder.depth > 0 && decoder.mlpChannels > 0 &&
                                decoder.maskInputChannels >= 4 && decoder.iouHeadChannels > 0 &&
                                decoder.iouHeadDepth > 0 && decoder.channels % 8 == 0 &&
                                divides(decoder.heads, decoder.channels / 2);
    if (!decoderIsWhole || encoder.inputSize <= 0 || encoder.outputChannels <= 0) return false;
    if (!isModest(description)) return false;
    if (encoder.kind == EncoderKind::Vit) {
        return encoder.depth > 0 && encoder.mlpChannels > 0 && divides(encoder.heads, encoder.channels) &&
               encoder.windowSize * encoder.patchSize <= encoder.inputSize;
    }
    return encoder.layers.size() >= 2 && encoder.layers.front().channels >= 2 &&
           std::all_of(encoder.layers.begin() + 1, encoder.layers.end(), [&](const TinyVitLayer& layer) {
               return divides(layer.heads, layer.channels) && layer.windowSize > 0;
           });
}

/// MobileSAM's published file holds the head that its TinyViT was trained with to tell the classes of
/// ImageNet; nothing of SAM looks at it.
NamedTensors withoutClassifier(NamedTensors tensors) {
    for (const char* name : {"norm_head.weight", "norm_head.bias", "head.weight", "head.bias"}) {
        for (const char* encoder : {"image_encoder.", "vision_encoder."}) {
            const std::string key = std::string(encoder) + name;
            if (tensors.tensors.contains(key)) tensors.tensors.erase(key);
        }
    }
    return tensors;
}

/// A training checkpoint keeps the network under a name of its own; PyTorch's DataParallel adds "module.".
NamedTensors withoutWrapper(const NamedTensors& tensors) {
    for (const std::string wrapper : {"model.", "state_dict.", "module.", "sam."}) {
        const bool wraps =
            hasPrefix(tensors, wrapper + "image_encoder.") || hasPrefix(tensors, wrapper + "vision_encoder.");
        if (wraps) return tensorsBelow(tensors, wrapper);
    }
    return tensors;
}

}  // namespace

void renameNetwork(SamDescription& description, const std::string& name) {
    const bool isMedSam = name == kMedSam;
    const bool isEither = isMedSam || name == kSamVitB;
    if (!isEither || (description.name != kMedSam && description.name != kSamVitB)) return;
    description.name = name;
    description.normalisation = isMedSam ? PixelNormalisation::UnitRange : PixelNormalisation::ImageNet;
}

void recognisePublished(SamDescription& description, const std::string& sha256) {
    if (sha256 == kPublishedSamVitB) renameNetwork(description, kSamVitB);
}

Result<SamDescription> describeNetwork(const NamedTensors& tensors, const std::string& source) {
    const NamedTensors official = withOfficialNames(tensors);
    Shapes shapes(official);
    SamDescription description;
    if (shapes.contains("image_encoder.patch_embed.seq.0.c.weight")) {
        description = describeTinyVit(shapes);
    } else if (shapes.contains("image_encoder.pos_embed")) {
        description = describeVit(shapes);
    } else {
        return failure(ErrorCode::CheckpointUnknownNetwork, {source});
    }
    const int64_t embeddingSize = description.decoder.embeddingSize;
    description.decoder = describeDecoder(shapes);
    description.decoder.embeddingSize = embeddingSize;
    if (hasHuggingFaceNames(tensors)) description.decoder.normEpsilon = kHuggingFaceNormEpsilon;
    recogniseMedSam(description, pathFromUtf8(source));
    if (isComplete(description)) return description;
    if (shapes.missing().empty()) return failure(ErrorCode::CheckpointUnknownNetwork, {source});
    std::string names;
    for (const std::string& name : shapes.missing()) {
        if (!names.empty()) names += ", ";
        names += hasHuggingFaceNames(tensors) ? huggingFaceName(name) : name;
    }
    return failure(ErrorCode::CheckpointMismatch,
                   {source, "parts of the network are missing, such as " + names});
}

Result<Sam> buildSam(const SamDescription& description, const NamedTensors& tensors,
                     const std::string& source) {
    if (const auto checked = checkSize(description, tensors, source); !checked)
        return failure(checked.error());
    Sam network(description);
    network->eval();
    for (torch::Tensor& parameter : network->parameters()) parameter.requires_grad_(false);
    if (const auto loaded = loadState(*network, withOfficialNames(tensors), source); !loaded)
        return failure(loaded.error());
    return network;
}

Result<Sam> loadSam(const std::filesystem::path& path) {
    const std::string source = utf8(path);
    auto checkpoint = readCheckpoint(path);
    if (!checkpoint) return failure(checkpoint.error());
    const NamedTensors tensors = withoutClassifier(withoutWrapper(*checkpoint));
    const auto checked = checkValues(tensors, ErrorCode::CheckpointMalformed, source);
    if (!checked) return failure(checked.error());
    const auto description = describeNetwork(tensors, source);
    if (!description) return failure(description.error());
    auto network = buildSam(*description, tensors, source);
    if (!network) return network;
    auto hash = sha256OfFile(path);
    if (!hash) return failure(hash.error());
    (*network)->checkpointSha256 = *hash;
    recognisePublished((*network)->description, *hash);
    return network;
}

}  // namespace finebrush::sam

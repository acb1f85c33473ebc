#include "core/sam/key_map.h"

#include <span>
#include <string_view>

namespace finebrush::sam {

namespace {

/// A part of a name in both spellings.
struct Renaming {
    std::string_view official;
    std::string_view huggingFace;
};

constexpr Renaming kNorms[] = {
    {".norm1.", ".layer_norm1."},
    {".norm2.", ".layer_norm2."},
    {".norm3.", ".layer_norm3."},
    {".norm4.", ".layer_norm4."},
};

constexpr Renaming kMlpLayers[] = {
    {".layers.0.", ".proj_in."},
    {".layers.1.", ".layers.0."},
    {".layers.2.", ".proj_out."},
};

/// How names below a prefix are spelled: the prefix is replaced, and the first inner part that occurs behind
/// it (the two may share a dot).
struct Rule {
    Renaming prefix;
    std::span<const Renaming> inner = {};
};

/// The first rule whose prefix fits a name is the one for it.
constexpr Rule kRules[] = {
    {{"image_encoder.patch_embed.proj.", "vision_encoder.patch_embed.projection."}},
    {{"image_encoder.neck.0.", "vision_encoder.neck.conv1."}},
    {{"image_encoder.neck.1.", "vision_encoder.neck.layer_norm1."}},
    {{"image_encoder.neck.2.", "vision_encoder.neck.conv2."}},
    {{"image_encoder.neck.3.", "vision_encoder.neck.layer_norm2."}},
    {{"image_encoder.blocks.", "vision_encoder.layers."}, kNorms},
    {{"image_encoder.", "vision_encoder."}},
    {{"prompt_encoder.pe_layer.positional_encoding_gaussian_matrix",
      "shared_image_embedding.positional_embedding"}},
    {{"prompt_encoder.point_embeddings.", "prompt_encoder.point_embed."}},
    {{"prompt_encoder.mask_downscaling.0.", "prompt_encoder.mask_embed.conv1."}},
    {{"prompt_encoder.mask_downscaling.1.", "prompt_encoder.mask_embed.layer_norm1."}},
    {{"prompt_encoder.mask_downscaling.3.", "prompt_encoder.mask_embed.conv2."}},
    {{"prompt_encoder.mask_downscaling.4.", "prompt_encoder.mask_embed.layer_norm2."}},
    {{"prompt_encoder.mask_downscaling.6.", "prompt_encoder.mask_embed.conv3."}},
    {{"mask_decoder.transformer.norm_final_attn.", "mask_decoder.transformer.layer_norm_final_attn."}},
    {{"mask_decoder.transformer.layers.", "mask_decoder.transformer.layers."}, kNorms},
    {{"mask_decoder.output_upscaling.0.", "mask_decoder.upscale_conv1."}},
    {{"mask_decoder.output_upscaling.1.", "mask_decoder.upscale_layer_norm."}},
    {{"mask_decoder.output_upscaling.3.", "mask_decoder.upscale_conv2."}},
    {{"mask_decoder.output_hypernetworks_mlps.", "mask_decoder.output_hypernetworks_mlps."}, kMlpLayers},
    {{"mask_decoder.iou_prediction_head.", "mask_decoder.iou_prediction_head."}, kMlpLayers},
};

/// SamModel holds the positional encoding a second time under this name, and saves it or not.
constexpr std::string_view kSecondPositions = "prompt_encoder.shared_embedding.positional_embedding";

std::string renamed(const std::string& name, std::string_view Renaming::*from,
                    std::string_view Renaming::*to) {
    for (const Rule& rule : kRules) {
        if (!name.starts_with(rule.prefix.*from)) continue;
        std::string result = std::string(rule.prefix.*to) + name.substr((rule.prefix.*from).size());
        for (const Renaming& part : rule.inner) {
            const size_t at = result.find(part.*from, (rule.prefix.*to).size() - 1);
            if (at == std::string::npos) continue;
            return result.replace(at, (part.*from).size(), part.*to);
        }
        return result;
    }
    return name;
}

constexpr std::string_view kTheirEncoder = "vision_encoder";

/// "vision_encoder.layers.1.blocks.0.": the layers of a TinyViT hold blocks, those of SamModel are blocks.
bool isOfTinyVit(std::string_view name) {
    constexpr std::string_view kLayers = ".layers.";
    if (!name.starts_with(kTheirEncoder) || !name.substr(kTheirEncoder.size()).starts_with(kLayers))
        return false;
    const size_t end = name.find('.', kTheirEncoder.size() + kLayers.size());
    if (end == std::string_view::npos) return false;
    return name.substr(end).starts_with(".blocks.") || name.substr(end).starts_with(".downsample.");
}

}  // namespace

bool hasHuggingFaceNames(const NamedTensors& tensors) {
    return hasPrefix(tensors, "vision_encoder.");
}

std::string officialName(const std::string& huggingFaceName) {
    if (isOfTinyVit(huggingFaceName)) return "image_encoder" + huggingFaceName.substr(kTheirEncoder.size());
    return renamed(huggingFaceName, &Renaming::huggingFace, &Renaming::official);
}

std::string huggingFaceName(const std::string& officialName) {
    return renamed(officialName, &Renaming::official, &Renaming::huggingFace);
}

NamedTensors withOfficialNames(const NamedTensors& tensors) {
    if (!hasHuggingFaceNames(tensors)) return tensors;
    NamedTensors official;
    official.metadata = tensors.metadata;
    for (const auto& entry : tensors.tensors) {
        if (entry.key() != kSecondPositions)
            official.tensors.insert(officialName(entry.key()), entry.value());
    }
    return official;
}

}  // namespace finebrush::sam

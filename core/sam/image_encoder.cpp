#include "core/sam/image_encoder.h"

namespace finebrush::sam {

EncoderOutput ImageEncoderImpl::trunk(const torch::Tensor& stemOutput, int64_t depth) {
    if (adapter) adapter->begin(stemOutput);
    EncoderOutput output = runTrunk(stemOutput, depth);
    if (adapter && output.embedding.defined()) output.embedding = adapter->embedding(output);
    return output;
}

}  // namespace finebrush::sam

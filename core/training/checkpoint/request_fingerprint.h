#pragma once

#include "core/sam/sam.h"
#include "core/training/adaptation.h"

#include <map>
#include <string>

namespace finebrush::training {

/// What an adaptation was asked for, part by part ("labels" → a digest), and what else decides its steps: two
/// adaptations whose parts are all equal do the same, bit for bit on a CPU. Identities and file names are no
/// part of it.
using RequestFingerprint = std::map<std::string, std::string>;

/// The fingerprint of a request on this build, as it is carried out with the threads that LibTorch has now.
RequestFingerprint fingerprintOf(const TrainingRequest& request, const sam::Sam& base);

/// The first part in which two fingerprints differ; empty where they are equal.
std::string differingPart(const RequestFingerprint& one, const RequestFingerprint& other);

}  // namespace finebrush::training

#include "core/engine/licence_facts.h"

#include "core/base/files.h"
#include "core/sam/build_sam.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <sstream>
#include <string_view>

namespace finebrush {

namespace {

using messages::LicenceEvidence;

constexpr const char* kApache = "Apache-2.0";
/// Files of the family as their makers published them, all under one licence.
constexpr std::array kPublished = {
    "79d8c9dca6db4d69d3f905579e5250af05e859fff9c1f543e89a513c3028ce76",   // LiteMedSAM, lite_medsam.pth
    "6dbb90523a35330fedd7f1d3dfc66f995213d81b29a5ca8108dbcdd4e37d6c2f",   // MobileSAM, mobile_sam.pt
    sam::kPublishedSamVitB,                                               // sam_vit_b_01ec64.pth
    "3adcc4315b642a4d2101128f611684e8734c41232a17c648ed1693702a49a622",   // sam_vit_l_0b3195.pth
    "a7bf3b02f3ebf1267aba913ff637d9a2d5c33d3173bb679e46d9f338c26f262e"};  // sam_vit_h_4b8939.pth
/// Networks that were published, by the names that we give them, under the same licence.
constexpr std::array kFamilies = {"LiteMedSAM", "MobileSAM", "MedSAM", "SAM ViT-B", "SAM ViT-L", "SAM ViT-H"};

constexpr std::array<std::string_view, 2> kHubWeights = {"model.safetensors", "pytorch_model.bin"};
constexpr char kHubCard[] = "README.md";
constexpr uint64_t kMostCardBytes = 1 << 20;
constexpr size_t kLongestLicence = 64;

/// The name of a licence as a card spells it; nothing where the text is anything else.
std::optional<std::string> licenceNamed(std::string_view text) {
    constexpr std::string_view kAround = " \t\r\"'";
    text = text.substr(0, text.find('#'));
    const size_t begin = text.find_first_not_of(kAround);
    if (begin == std::string_view::npos) return std::nullopt;
    text = text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
    const auto isOfName = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '.' || c == '+'; };
    if (text.size() > kLongestLicence || !std::ranges::all_of(text, isOfName)) return std::nullopt;
    return std::string(text);
}

/// `license:` in the YAML before a model card. One line is no reason for a YAML library.
std::optional<std::string> licenceInCard(const std::string& card) {
    constexpr std::string_view kKey = "license:";
    std::istringstream lines(card);
    std::string line;
    const auto readLine = [&] {
        const bool isThere = static_cast<bool>(std::getline(lines, line));
        if (line.ends_with('\r')) line.pop_back();
        return isThere;
    };
    if (!readLine() || line != "---") return std::nullopt;
    while (readLine() && line != "---") {
        if (line.starts_with(kKey)) return licenceNamed(std::string_view(line).substr(kKey.size()));
    }
    return std::nullopt;
}

/// By the card beside weights; nothing where there is none, or it tells none.
std::optional<std::string> licenceBeside(const std::filesystem::path& file) {
    const std::string name = file.filename();
    if (std::ranges::find(kHubWeights, name) == kHubWeights.end()) return std::nullopt;
    const auto card = readFile(file.parent_path() / kHubCard, kMostCardBytes);
    if (!card) return std::nullopt;
    return licenceInCard(std::string(card->begin(), card->end()));
}

}  // namespace

LicenceFacts licenceOf(const sam::Sam& network, const std::filesystem::path& file) {
    const bool isPublished = std::ranges::find(kPublished, network->checkpointSha256) != kPublished.end();
    if (isPublished) return {kApache, LicenceEvidence::File};
    if (const auto told = licenceBeside(file)) return {*told, LicenceEvidence::ModelCard};
    const bool isOfFamily = std::ranges::find(kFamilies, network->description.name) != kFamilies.end();
    if (isOfFamily) return {kApache, LicenceEvidence::Family};
    return {};
}

}  // namespace finebrush

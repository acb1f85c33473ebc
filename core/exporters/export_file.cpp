#include "core/exporters/export_file.h"

#include "core/base/files.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace finebrush {

namespace {

/// File systems take 255 bytes. The rest is for the longest ending ("_confidence.png") and a number.
constexpr size_t kMostStemBytes = 230;

/// The end of a long name: it tells images of one kind apart more often, and names the slice of a volume.
std::string shortened(const std::string& stem) {
    if (stem.size() <= kMostStemBytes) return stem;
    const auto isInsideLetter = [](char byte) { return (static_cast<uint8_t>(byte) & 0xC0) == 0x80; };
    const auto begin = stem.end() - static_cast<std::ptrdiff_t>(kMostStemBytes);
    return {std::find_if_not(begin, stem.end(), isInsideLetter), stem.end()};
}

/// True when both paths lead to one existing file, whatever links lie between.
bool isSameFile(const std::filesystem::path& one, const std::filesystem::path& other) {
    std::error_code notFound;
    return std::filesystem::equivalent(one, other, notFound);
}

std::span<const uint8_t> bytesOf(const std::string& text) {
    return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

InputFiles filesOf(std::span<const ImageAddress> images) {
    InputFiles files;
    for (const ImageAddress& image : images) files.push_back(image.file);
    return files;
}

Result<void> refuseInput(const std::filesystem::path& file, const InputFiles& inputs) {
    const bool isInput = std::any_of(inputs.begin(), inputs.end(), [&](const std::filesystem::path& input) {
        return isSameFile(file, input);
    });
    if (isInput) return failure(ErrorCode::ExportOverInput, {utf8(file)});
    return {};
}

Result<void> writeExport(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                         const InputFiles& inputs, const std::function<bool()>& isAsMeant) {
    if (const Result<void> allowed = refuseInput(file, inputs); !allowed) return allowed;
    const Result<void> written = writeFileAtomically(file, bytes);
    if (!written) return written;
    if (!isAsMeant()) return failure(ErrorCode::ExportNotVerified, {utf8(file)});
    return {};
}

Result<void> writeTextExport(const std::filesystem::path& file, const std::string& text,
                             const InputFiles& inputs) {
    return writeExport(file, bytesOf(text), inputs, [&] {
        const Result<std::vector<uint8_t>> read = readFile(file);
        return read && std::ranges::equal(*read, bytesOf(text));
    });
}

std::vector<std::string> exportStems(std::span<const ImageAddress> images) {
    std::vector<std::string> stems;
    std::set<std::string> taken;
    for (const ImageAddress& image : images) {
        const std::string stem = shortened(stemOf(image));
        std::string name = stem;
        for (int number = 2; !taken.insert(name).second; ++number) name = stem + "_" + std::to_string(number);
        stems.push_back(name);
    }
    return stems;
}

}  // namespace finebrush

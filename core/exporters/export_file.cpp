#include "core/exporters/export_file.h"

#include "core/base/files.h"
#include "core/base/text.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace finebrush {

namespace {

/// File systems take 255 bytes. The rest is for the longest ending ("_confidence.png") and a number.
constexpr size_t kMostStemBytes = 230;
constexpr size_t kBytesAtOnce = size_t{16} << 20;  // between two looks at whether to stop

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

Result<bool> writeExport(const std::filesystem::path& file, const InputFiles& inputs,
                         const WriteContent& write, const CheckContent& isAsMeant,
                         const std::stop_token& stop) {
    if (const Result<void> allowed = refuseInput(file, inputs); !allowed) return failure(allowed.error());
    Result<UnfinishedFile> unfinished = UnfinishedFile::create(file);
    if (!unfinished) return failure(unfinished.error());
    const Result<bool> written = write(*unfinished);
    if (!written || !*written) return written;
    const bool isRight = isAsMeant(unfinished->path());
    if (stop.stop_requested()) return false;
    if (!isRight) return failure(ErrorCode::ExportNotVerified, {utf8(file)});
    if (const Result<void> placed = unfinished->finish(); !placed) return failure(placed.error());
    return true;
}

Result<bool> writeExport(const std::filesystem::path& file, std::span<const uint8_t> bytes,
                         const InputFiles& inputs, const std::stop_token& stop) {
    return writeExport(
        file, inputs, [&](UnfinishedFile& target) { return writeInPieces(target, bytes, stop); },
        [&](const std::filesystem::path& written) {
            const Result<std::vector<uint8_t>> read = readFile(written);
            return read && std::ranges::equal(*read, bytes);
        },
        stop);
}

Result<bool> writeTextExport(const std::filesystem::path& file, const std::string& text,
                             const InputFiles& inputs, const std::stop_token& stop) {
    return writeExport(file, bytesOf(text), inputs, stop);
}

Result<bool> writeInPieces(UnfinishedFile& file, std::span<const uint8_t> bytes,
                           const std::stop_token& stop) {
    while (!bytes.empty()) {
        if (stop.stop_requested()) return false;
        const size_t count = std::min(bytes.size(), kBytesAtOnce);
        if (const Result<void> written = file.write(bytes.first(count)); !written)
            return failure(written.error());
        bytes = bytes.subspan(count);
    }
    return true;
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

#include "core/checkpoint/pth_file.h"

#include "core/checkpoint/byte_cursor.h"
#include "core/checkpoint/legacy_pth.h"
#include "core/checkpoint/pickle_machine.h"
#include "core/checkpoint/pickled_tensors.h"
#include "core/checkpoint/zip_directory.h"

namespace finebrush {

namespace {

bool isZip(std::span<const uint8_t> bytes) {
    return textOf(bytes).starts_with("PK\x03\x04");
}

NamedTensors parseZip(std::span<const uint8_t> bytes) {
    const ZipDirectory zip(bytes);
    const std::string root = zip.rootFolder();
    if (zip.contains(root + "constants.pkl") || zip.containsFolder(root + "code/")) {
        throw MalformedCheckpoint("refused: file is a TorchScript program, not only weights");
    }
    if (zip.contains(root + "byteorder") && textOf(zip.verifiedRecord(root, "byteorder")) != "little") {
        throw MalformedCheckpoint("byte order is not little-endian");
    }
    const auto pickle = zip.verifiedRecord(root, "data.pkl");
    const PickledObject object = PickleMachine(pickle).run();
    if (object.byteCount != pickle.size()) throw MalformedCheckpoint("bytes follow the pickle's STOP");
    return collectTensors(
        object, [&](std::string_view key) { return zip.verifiedRecord(root, "data/" + std::string(key)); });
}

NamedTensors parse(std::span<const uint8_t> bytes) {
    if (bytes.empty()) throw MalformedCheckpoint("file is empty");
    if (isZip(bytes)) return parseZip(bytes);
    if (isLegacyPth(bytes)) return parseLegacyPth(bytes);
    throw MalformedCheckpoint("not a PyTorch checkpoint (neither zip nor legacy signature)");
}

}  // namespace

bool looksLikePth(std::span<const uint8_t> bytes) {
    return isZip(bytes) || isLegacyPth(bytes);
}

Result<NamedTensors> readPth(std::span<const uint8_t> bytes, const std::string& source) {
    return refuseMalformed(source, [&] { return parse(bytes); });
}

}  // namespace finebrush

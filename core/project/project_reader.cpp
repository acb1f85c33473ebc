#include "core/project/project_reader.h"

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/messages/codec.h"
#include "core/project/compression.h"
#include "core/project/display_codec.h"
#include "core/project/edit_codec.h"

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

namespace finebrush {

namespace {

constexpr int kLongestSide = 1 << 20;
constexpr int64_t kLargestArea = int64_t{1} << 36;
constexpr int kLongestThumbnailSide = 1024;

/// Why a file is no sound project; caught in this file.
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void require(bool condition, const char* reason) {
    if (!condition) throw Malformed(reason);
}

/// A file is read before it is migrated: one that is not sound stays as it is.
int schemaVersionOf(SQLite::Database& database) {
    return database.execAndGet("PRAGMA user_version").getInt();
}

std::span<const uint8_t> blob(const SQLite::Column& column) {
    return {static_cast<const uint8_t*>(column.getBlob()), static_cast<size_t>(column.getBytes())};
}

std::vector<uint8_t> unpacked(const SQLite::Column& column) {
    std::optional<std::vector<uint8_t>> bytes = decompressed(blob(column));
    require(bytes.has_value(), "compressed data is damaged");
    return std::move(*bytes);
}

PixelSize sizeFrom(const SQLite::Column& width, const SQLite::Column& height) {
    const int64_t w = width.getInt64(), h = height.getInt64();
    const bool isSound = w > 0 && h > 0 && w <= kLongestSide && h <= kLongestSide && w * h <= kLargestArea;
    require(isSound, "the size of an image is out of range");
    return {static_cast<int>(w), static_cast<int>(h)};
}

ClassTable readClasses(SQLite::Database& database) {
    ClassTable table;
    const bool hasLocks = schemaVersionOf(database) >= 3;
    SQLite::Statement row(database, std::string("SELECT id, name, colour, value, visible, ") +
                                        (hasLocks ? "locked" : "0") + " FROM classes ORDER BY position");
    while (row.executeStep()) {
        const int value = row.getColumn(3).getInt();
        require(value >= 0 && value < ClassTable::kMaxClasses && !table.isFull(),
                "a class value is out of range");
        const auto colour = colourFromHex(row.getColumn(2).getString());
        require(colour.has_value(), "a class has no colour");
        LabelClass entry{
            row.getColumn(0).getString(), row.getColumn(1).getString(),   *colour,
            static_cast<uint8_t>(value),  row.getColumn(4).getInt() != 0, row.getColumn(5).getInt() != 0};
        require(!table.find(entry.id) && !table.findValue(entry.value), "two classes are the same");
        table.insert(table.size(), std::move(entry));
    }
    return table;
}

Thumbnail thumbnailFrom(SQLite::Statement& row, int firstColumn) {
    Thumbnail thumbnail;
    thumbnail.size = {row.getColumn(firstColumn).getInt(), row.getColumn(firstColumn + 1).getInt()};
    thumbnail.rgb = unpacked(row.getColumn(firstColumn + 2));
    const PixelSize size = thumbnail.size;
    require(size.width <= kLongestThumbnailSide && size.height <= kLongestThumbnailSide,
            "a thumbnail is too large");
    require(thumbnail.rgb.size() == static_cast<size_t>(size.area()) * 3, "a thumbnail is damaged");
    return thumbnail;
}

/// Where an image is now: beside the project as before, else where it was when it was added.
std::filesystem::path resolved(const std::string& relative, const std::string& absolute,
                               const std::filesystem::path& folder) {
    if (!relative.empty()) {
        const std::filesystem::path beside = (folder / pathFromUtf8(relative)).lexically_normal();
        std::error_code problem;
        if (std::filesystem::exists(beside, problem)) return beside;
    }
    return pathFromUtf8(absolute);
}

std::optional<SliceAddress> sliceFrom(const std::string& text) {
    std::optional<SliceAddress> slice = sliceFromText(text);
    require(slice || text.empty(), "the slice of an image is no address");
    return slice;
}

std::optional<DisplayMapping> displayFrom(const std::string& text) {
    std::optional<DisplayMapping> display = decodeDisplay(text);
    require(display || text.empty(), "the display of an image is damaged");
    return display;
}

std::deque<ProjectImage> readImages(SQLite::Database& database, const std::filesystem::path& folder) {
    std::deque<ProjectImage> images;
    const bool hasSlices = schemaVersionOf(database) >= 3;
    const bool hasDisplays = schemaVersionOf(database) >= 4;
    SQLite::Statement row(
        database,
        std::string(
            "SELECT id, relative_path, absolute_path, file_bytes, file_sha256, width, height, removed,"
            " thumbnail_width, thumbnail_height, thumbnail, ") +
            (hasSlices ? "slice" : "''") + (hasDisplays ? ", display" : ", ''") +
            " FROM images ORDER BY position");
    while (row.executeStep()) {
        ImageRecord record;
        record.id = row.getColumn(0).getString();
        require(isUuid(record.id), "the identity of an image is damaged");
        record.path = resolved(row.getColumn(1).getString(), row.getColumn(2).getString(), folder);
        record.fingerprint = {static_cast<uint64_t>(row.getColumn(3).getInt64()),
                              row.getColumn(4).getString()};
        record.size = sizeFrom(row.getColumn(5), row.getColumn(6));
        record.removed = row.getColumn(7).getInt() != 0;
        record.thumbnail = thumbnailFrom(row, 8);
        record.slice = sliceFrom(row.getColumn(11).getString());
        record.display = displayFrom(row.getColumn(12).getString());
        LabelMap labels(record.size);
        images.push_back({std::move(record), std::move(labels), 0});
    }
    return images;
}

ProjectImage* imageNamed(std::deque<ProjectImage>& images, const ImageId& id) {
    for (ProjectImage& image : images) {
        if (image.record.id == id) return &image;
    }
    return nullptr;
}

void readTiles(SQLite::Database& database, std::deque<ProjectImage>& images) {
    SQLite::Statement row(database, "SELECT image_id, tile_column, tile_row, labels FROM tiles");
    while (row.executeStep()) {
        ProjectImage* image = imageNamed(images, row.getColumn(0).getString());
        require(image, "labels belong to no image");
        const int column = row.getColumn(1).getInt(), tileRow = row.getColumn(2).getInt();
        const bool isInside = column >= 0 && column < image->labels.tileColumns() && tileRow >= 0 &&
                              tileRow < image->labels.tileRows();
        require(isInside, "labels lie outside their image");
        const std::vector<uint8_t> bytes = unpacked(row.getColumn(3));
        LabelMap::Tile tile;
        require(bytes.size() == tile.size(), "labels are cut off");
        std::ranges::copy(bytes, tile.begin());
        image->labels.setTile(column, tileRow, tile);
    }
    for (ProjectImage& image : images) {
        image.labelledPixels = image.labels.size().area() - image.labels.histogram()[kUnlabelled];
    }
}

void requireFits(const Edit& edit, std::deque<ProjectImage>& images) {
    for (const LabelChange& change : edit.labelChanges) {
        const ProjectImage* image = imageNamed(images, change.image);
        require(image && change.patch.fits(image->labels.size()), "an edit does not fit its image");
    }
    require(!edit.removedImage || imageNamed(images, *edit.removedImage), "an edit removes no known image");
}

/// Throws std::exception where a change does not fit the table.
void changeClasses(ClassTable& table, const std::optional<LabelClass>& from,
                   const std::optional<LabelClass>& to, int index) {
    if (from) require(table.find(from->id), "an edit changes no known class");
    if (from && to) table.update(*to);
    if (from && !to) table.remove(from->id);
    if (!from && to) table.insert(index, *to);
}

/// Walks the class changes back to the beginning and on to the end.
void requireClassesFit(const ClassTable& present, const std::vector<std::shared_ptr<const Edit>>& edits,
                       size_t done) {
    ClassTable table = present;
    for (size_t i = done; i-- > 0;) {
        const auto& change = edits[i]->classChange;
        if (change) changeClasses(table, change->after, change->before, change->index);
    }
    table = present;
    for (size_t i = done; i < edits.size(); ++i) {
        const auto& change = edits[i]->classChange;
        if (change) changeClasses(table, change->before, change->after, change->index);
    }
}

History readHistory(SQLite::Database& database, const ClassTable& classes, std::deque<ProjectImage>& images) {
    std::vector<std::shared_ptr<const Edit>> edits;
    size_t done = 0;
    SQLite::Statement row(database, "SELECT number, undone, content FROM edits ORDER BY number");
    while (row.executeStep()) {
        require(row.getColumn(0).getInt64() == static_cast<int64_t>(edits.size()) + 1,
                "the journal has a gap");
        const bool undone = row.getColumn(1).getInt() != 0;
        require(undone || done == edits.size(), "the journal is out of order");
        Result<Edit> edit = decodeEdit(unpacked(row.getColumn(2)));
        if (!edit) throw Malformed(describe(edit.error()));
        requireFits(*edit, images);
        edits.push_back(std::make_shared<const Edit>(std::move(*edit)));
        if (!undone) done = edits.size();
    }
    requireClassesFit(classes, edits, done);
    return {std::move(edits), done};
}

/// The messages of a stream of frames that are of one kind.
template <typename Message, typename AnyMessage>
std::vector<Message> readFrames(std::span<const uint8_t> bytes,
                                Result<AnyMessage> (*decode)(std::span<const uint8_t>)) {
    messages::FrameReader reader;
    reader.append(bytes);
    std::vector<Message> found;
    while (true) {
        auto body = reader.next();
        if (!body) throw Malformed(describe(body.error()));
        if (!*body) return found;
        Result<AnyMessage> message = decode(**body);
        if (!message) throw Malformed(describe(message.error()));
        Message* wanted = std::get_if<Message>(&*message);
        require(wanted, "a run holds a message of another kind");
        found.push_back(std::move(*wanted));
    }
}

std::optional<AdaptationRun> readLastRun(SQLite::Database& database) {
    const bool hasDates = schemaVersionOf(database) >= 2;
    SQLite::Statement row(database, std::string("SELECT request, metrics, outcome, ") +
                                        (hasDates ? "finished_at" : "0") +
                                        " FROM runs ORDER BY number DESC LIMIT 1");
    if (!row.executeStep()) return std::nullopt;
    auto requests = readFrames<messages::Adapt>(blob(row.getColumn(0)), &messages::decodeToEngine);
    auto outcomes = readFrames<messages::Adapted>(blob(row.getColumn(2)), &messages::decodeFromEngine);
    require(requests.size() == 1 && outcomes.size() == 1, "a run is incomplete");
    AdaptationRun run{std::move(requests.front().settings), std::move(requests.front().classes),
                      readFrames<messages::StepMetrics>(blob(row.getColumn(1)), &messages::decodeFromEngine),
                      std::move(outcomes.front()), row.getColumn(3).getInt64()};
    SQLite::Statement file(database, "SELECT name, content FROM adapter_files");
    while (file.executeStep()) {
        const std::span<const uint8_t> content = blob(file.getColumn(1));
        run.outcome.adapter[file.getColumn(0).getString()].assign(content.begin(), content.end());
    }
    return run;
}

std::map<ImageId, PredictionPtr> readPredictions(SQLite::Database& database,
                                                 std::deque<ProjectImage>& images) {
    std::map<ImageId, PredictionPtr> predictions;
    SQLite::Statement row(database,
                          "SELECT image_id, step, width, height, mask, confidence FROM predictions");
    while (row.executeStep()) {
        messages::Prediction prediction;
        prediction.imageId = row.getColumn(0).getString();
        require(imageNamed(images, prediction.imageId), "a prediction belongs to no image");
        prediction.step = row.getColumn(1).getInt();
        prediction.isFinal = true;
        prediction.mask = {sizeFrom(row.getColumn(2), row.getColumn(3)), unpacked(row.getColumn(4))};
        prediction.confidence = unpacked(row.getColumn(5));
        const auto area = static_cast<size_t>(prediction.mask.size.area());
        require(prediction.mask.values.size() == area, "a prediction is cut off");
        require(prediction.confidence.empty() || prediction.confidence.size() == area,
                "a confidence is cut off");
        const ImageId id = prediction.imageId;
        predictions[id] = std::make_shared<const messages::Prediction>(std::move(prediction));
    }
    return predictions;
}

std::map<std::string, std::string> readSettings(SQLite::Database& database) {
    std::map<std::string, std::string> settings;
    SQLite::Statement row(database, "SELECT key, value FROM settings");
    while (row.executeStep()) settings[row.getColumn(0).getString()] = row.getColumn(1).getString();
    return settings;
}

}  // namespace

Result<ProjectContents> readProjectContents(SQLite::Database& database, const std::filesystem::path& path) {
    try {
        ProjectContents contents;
        contents.classes = readClasses(database);
        contents.images = readImages(database, path.parent_path());
        readTiles(database, contents.images);
        contents.history = readHistory(database, contents.classes, contents.images);
        contents.lastRun = readLastRun(database);
        contents.predictions = readPredictions(database, contents.images);
        contents.settings = readSettings(database);
        return contents;
    } catch (const SQLite::Exception&) {
        throw;
    } catch (const std::exception& problem) {
        return failure(ErrorCode::ProjectMalformed, {utf8(path), problem.what()});
    }
}

}  // namespace finebrush

#include "core/project/database/project_reader.h"

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/database/blob.h"
#include "core/project/database/compression.h"
#include "core/project/database/display_codec.h"
#include "core/project/database/journal_reader.h"
#include "core/project/database/run_reader.h"
#include "core/project/database/tile_row.h"
#include "core/project/image_place.h"

#include <algorithm>
#include <memory>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace finebrush {

namespace {

constexpr int kLongestSide = 1 << 20;
constexpr int64_t kLargestArea = int64_t{1} << 36;
constexpr int kMostLevels = 20;  // of detail, down to a pixel
constexpr int kLongestThumbnailSide = 1024;

void require(bool condition, const char* reason) {
    if (!condition) throw MalformedProject(reason);
}

PixelSize sizeFrom(const SQLite::Column& width, const SQLite::Column& height) {
    const int64_t w = width.getInt64(), h = height.getInt64();
    const bool isSound = w > 0 && h > 0 && w <= kLongestSide && h <= kLongestSide && w * h <= kLargestArea;
    require(isSound, "the size of an image is out of range");
    return {static_cast<int>(w), static_cast<int>(h)};
}

/// `key` of one from before classes had keys.
LabelClass classFrom(SQLite::Statement& row, char key) {
    const int value = row.getColumn(3).getInt();
    require(value >= 0 && value < kMaxClasses, "a class value is out of range");
    const auto colour = colourFromHex(row.getColumn(2).getString());
    require(colour.has_value(), "a class has no colour");
    const SQLite::Column ownKey = row.getColumn(6);
    return {row.getColumn(0).getString(),
            row.getColumn(1).getString(),
            *colour,
            static_cast<uint8_t>(value),
            row.getColumn(4).getInt() != 0,
            row.getColumn(5).getInt() != 0,
            ownKey.isNull() ? key : classKeyFromText(ownKey.getString())};
}

PackedThumbnail thumbnailFrom(SQLite::Statement& row, int firstColumn) {
    const PixelSize size{row.getColumn(firstColumn).getInt(), row.getColumn(firstColumn + 1).getInt()};
    require(size.width <= kLongestThumbnailSide && size.height <= kLongestThumbnailSide,
            "a thumbnail is too large");
    const std::span<const uint8_t> packed = blobOf(row.getColumn(firstColumn + 2));
    if (packed.empty()) return {};  // it never had one
    auto thumbnail = PackedThumbnail::fromPacked(size, packed);
    require(thumbnail.has_value(), "a thumbnail is damaged");
    return std::move(*thumbnail);
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

/// All but the thumbnail, which is in the columns from 8 on, and what is in those from 12 on.
ImageRecord recordFrom(SQLite::Statement& row, const std::filesystem::path& folder) {
    ImageRecord record;
    record.id = row.getColumn(0).getString();
    require(isUuid(record.id), "the identity of an image is damaged");
    record.fingerprint = {static_cast<uint64_t>(row.getColumn(3).getInt64()), row.getColumn(4).getString()};
    record.path = currentPlace(
        {row.getColumn(1).getString(), row.getColumn(2).getString(), record.fingerprint.bytes}, folder);
    record.size = sizeFrom(row.getColumn(5), row.getColumn(6));
    record.removed = row.getColumn(7).getInt() != 0;
    record.slice = sliceFrom(row.getColumn(11).getString());
    return record;
}

KeptPredictionPtr predictionFrom(SQLite::Statement& row) {
    messages::Prediction facts;
    facts.imageId = row.getColumn(0).getString();
    facts.step = row.getColumn(1).getInt();
    facts.isFinal = true;
    const auto packed = [&](int column) {
        const std::span<const uint8_t> bytes = blobOf(row.getColumn(column));
        return std::make_shared<const std::vector<uint8_t>>(bytes.begin(), bytes.end());
    };
    const PixelSize size = sizeFrom(row.getColumn(2), row.getColumn(3));
    const PackedPrediction content{packed(4), packed(5)};
    const auto area = static_cast<uint64_t>(size.area());
    const std::optional<uint64_t> confidence = unpackedLength(*content.confidence);
    require(unpackedLength(*content.mask) == area, "a prediction is cut off");
    require(confidence == 0U || confidence == area, "a confidence is cut off");
    return std::make_shared<const KeptPrediction>(std::move(facts), size, content,
                                                  displayFrom(row.getColumn(6).getString()));
}

/// Reads the tables one after another; later ones refer to earlier ones.
class ContentsReader {
  public:
    ContentsReader(RowWalk& walk, std::filesystem::path folder) : walk_(walk), folder_(std::move(folder)) {}

    ProjectContents read(SQLite::Database& database) {
        readClasses();
        readImages();
        readTiles();
        const ImageSizes sizes = [this](const ImageId& id) -> std::optional<PixelSize> {
            const ProjectImage* image = imageNamed(id);
            return image ? std::optional(image->record.size) : std::nullopt;
        };
        if (!walk_.passesOver()) {
            contents_.history = readNewestEdits(database, contents_.classes, sizes);
        } else {
            nameUnknownClasses();
            contents_.history = salvageEdits(walk_, contents_.classes, sizes);
            // Steps back from labels that are gone would lead nowhere.
            if (walk_.lost().contains("tiles")) contents_.history = {};
        }
        readRuns(database);
        readPredictions();
        readPredictedCells();
        walk_.each("settings", "key, value", [this](SQLite::Statement& row) {
            contents_.settings[row.getColumn(0).getString()] = row.getColumn(1).getString();
        });
        return std::move(contents_);
    }

  private:
    void readClasses() {
        const std::string locked = walk_.hasColumn("classes", "locked") ? "locked" : "0";
        const std::string key = walk_.hasColumn("classes", "key") ? "key" : "NULL";
        const std::string columns = "id, name, colour, value, visible, " + locked + ", " + key;
        walk_.each("classes", columns, [this](SQLite::Statement& row) {
            ClassTable& table = contents_.classes;
            LabelClass entry = classFrom(row, defaultKey(table.size()));
            require(!table.isFull() && !table.find(entry.id) && !table.findValue(entry.value),
                    "two classes are the same");
            table.insert(table.size(), std::move(entry));
        });
    }

    void readImages() {
        const std::string slice = walk_.hasColumn("images", "slice") ? "slice" : "''";
        const std::string display = walk_.hasColumn("images", "display") ? "display" : "''";
        const std::string review = walk_.hasColumn("images", "review") ? "review" : "''";
        walk_.each("images",
                   "id, relative_path, absolute_path, file_bytes, file_sha256, width, height, removed,"
                   " thumbnail_width, thumbnail_height, thumbnail, " +
                       slice + ", " + display + ", " + review,
                   [this](SQLite::Statement& row) {
                       ImageRecord record = recordFrom(row, folder_);
                       require(!places_.contains(record.id), "two images are the same");
                       record.review = reviewFrom(row.getColumn(13).getString());
                       try {
                           record.thumbnail = thumbnailFrom(row, 8);
                           record.display = displayFrom(row.getColumn(12).getString());
                       } catch (const MalformedProject&) {
                           if (!walk_.passesOver()) throw;  // an image is worth more than how it looks
                       }
                       places_.emplace(record.id, contents_.images.size());
                       LabelMap labels(record.size);
                       contents_.images.push_back({std::move(record), std::move(labels), {}});
                   });
    }

    ReviewState reviewFrom(const std::string& text) const {
        const std::optional<ReviewState> review = reviewStateFromText(text);
        require(review || walk_.passesOver(), "the review state of an image is damaged");
        return review.value_or(ReviewState::Open);
    }

    ProjectImage* imageNamed(const ImageId& id) {
        const auto found = places_.find(id);
        return found == places_.end() ? nullptr : &contents_.images[found->second];
    }

    void readTiles() {
        const bool isChecked = walk_.hasColumn("tiles", "checksum");
        walk_.each("tiles",
                   std::string("image_id, tile_column, tile_row, labels, ") +
                       (isChecked ? "counts, checksum" : "x'', 0"),
                   [this, isChecked](SQLite::Statement& row) { readTile(row, isChecked); });
    }

    void readTile(SQLite::Statement& row, bool isChecked) {
        ProjectImage* image = imageNamed(row.getColumn(0).getString());
        require(image, "labels belong to no image");
        const TilePlace place{row.getColumn(1).getInt(), row.getColumn(2).getInt()};
        const bool isInside = place.column >= 0 && place.column < image->labels.tileColumns() &&
                              place.row >= 0 && place.row < image->labels.tileRows();
        require(isInside, "labels lie outside their image");
        const std::span<const uint8_t> labels = blobOf(row.getColumn(3)), counts = blobOf(row.getColumn(4));
        const bool isAsWritten =
            isChecked && row.getColumn(5).getInt64() == tileChecksum(image->record.id, place, labels, counts);
        require(isAsWritten || !isChecked || walk_.passesOver(), "labels are damaged");
        const RectInImage rect = image->labels.tileRect(place.column, place.row);
        LabelCounts ofTile;
        if (isAsWritten && !walk_.passesOver()) {
            ofTile = unpackCounts(counts);
        } else {
            const auto tile = unpackTile(labels);
            // Labels that can be unpacked are not given up for a checksum.
            if (isChecked && !isAsWritten) walk_.lose("checksums of tiles", 1);
            ofTile = LabelCounts::of(*tile, rect);
        }
        image->counts += ofTile;
        // One that is all of one class is shared, and need not be unpacked to be known.
        constexpr int64_t kPixels = std::tuple_size_v<LabelMap::Tile>;
        if (ofTile.byValue().size() == 1 && ofTile.total() == kPixels) {
            image->labels.fill(rect, ofTile.byValue().begin()->first);
        } else {
            image->labels.setTileSource(place.column, place.row, packedSource(labels));
        }
    }

    /// Gives labels whose class is gone a new one, so that they can be seen and renamed.
    void nameUnknownClasses() {
        LabelCounts counts;
        for (const ProjectImage& image : contents_.images) {
            // A removed one may hold labels of a class that was removed after it, and comes back with it.
            if (!image.record.removed) counts += image.counts;
        }
        ClassTable& table = contents_.classes;
        for (const auto& [value, pixels] : counts.byValue()) {
            if (table.isFull()) return;
            if (value >= kMaxClasses || table.findValue(value)) continue;
            LabelClass entry = table.makeNext("class " + std::to_string(value));
            entry.value = value;
            table.insert(table.size(), std::move(entry));
        }
    }

    void readRuns(SQLite::Database& database) {
        const std::string date = walk_.hasColumn("runs", "finished_at") ? "finished_at" : "0";
        const bool readsAll = walk_.passesOver();
        const int64_t newest =
            readsAll ? 0 : database.execAndGet("SELECT ifnull(max(number), 0) FROM runs").getInt64();
        walk_.each("runs", "number, request, metrics, outcome, " + date, [&](SQLite::Statement& row) {
            if (contents_.lastRun)
                contents_.earlierRuns.push_back({contents_.lastRunNumber, 0, std::move(*contents_.lastRun)});
            contents_.lastRun.reset();  // where the newest cannot be read, no other takes its place
            contents_.lastRunNumber = row.getColumn(0).getInt64();
            const bool isWhole = readsAll || contents_.lastRunNumber == newest;
            contents_.lastRun = runFrom(row, 1, isWhole ? RunMetrics::Read : RunMetrics::Skip);
        });
        if (contents_.lastRun) return readAdapters();
        if (!contents_.earlierRuns.empty()) walk_.lose("runs", std::ssize(contents_.earlierRuns));
        contents_.earlierRuns.clear();
    }

    void readAdapters() {
        walk_.each("adapter_files", "name, content", [this](SQLite::Statement& row) {
            const std::span<const uint8_t> content = blobOf(row.getColumn(1));
            contents_.lastRun->outcome.adapter[row.getColumn(0).getString()].assign(content.begin(),
                                                                                    content.end());
        });
        if (!walk_.hasColumn("earlier_adapter_files", "run")) return;
        const std::string content = walk_.passesOver() ? "content" : "x''";
        walk_.each("earlier_adapter_files", "run, length(content), name, " + content,
                   [this](SQLite::Statement& row) { readEarlierAdapter(row); });
    }

    void readEarlierAdapter(SQLite::Statement& row) {
        const auto run =
            std::ranges::find(contents_.earlierRuns, row.getColumn(0).getInt64(), &RunRecord::number);
        if (run == contents_.earlierRuns.end()) return;
        run->adapterBytes += row.getColumn(1).getInt64();
        if (!walk_.passesOver()) return;  // it stays in the file
        const std::span<const uint8_t> content = blobOf(row.getColumn(3));
        run->run.outcome.adapter[row.getColumn(2).getString()].assign(content.begin(), content.end());
    }

    void readPredictions() {
        const std::string seenAs = walk_.hasColumn("predictions", "seen_as") ? "seen_as" : "''";
        walk_.each("predictions", "image_id, step, width, height, mask, confidence, " + seenAs,
                   [this](SQLite::Statement& row) {
                       KeptPredictionPtr prediction = predictionFrom(row);
                       require(imageNamed(prediction->imageId()), "a prediction belongs to no image");
                       require(!walk_.passesOver() || prediction->unpacked(), "a prediction is damaged");
                       contents_.predictions[prediction->imageId()] = std::move(prediction);
                   });
    }

    /// Those of a cell whose tiles are lost are predicted anew.
    void readPredictedCells() {
        if (!walk_.hasColumn("predicted_tiles", "labels") || !walk_.hasColumn("predicted_cells", "level"))
            return;
        walk_.each("predicted_tiles", "image_id, tile_column, tile_row, labels",
                   [this](SQLite::Statement& row) {
                       LabelMap& labels = predictedCellsOf(row.getColumn(0).getString()).labels;
                       const TilePlace place{row.getColumn(1).getInt(), row.getColumn(2).getInt()};
                       const bool isInside = place.column >= 0 && place.column < labels.tileColumns() &&
                                             place.row >= 0 && place.row < labels.tileRows();
                       require(isInside, "predicted labels lie outside their image");
                       labels.setTileSource(place.column, place.row, packedSource(blobOf(row.getColumn(3))));
                   });
        if (walk_.lost().contains("predicted_tiles")) return contents_.predictedCells.clear();
        walk_.each("predicted_cells", "image_id, level, cell_column, cell_row, seen_as",
                   [this](SQLite::Statement& row) {
                       PredictedCells& predicted = predictedCellsOf(row.getColumn(0).getString());
                       const CellAddress cell{row.getColumn(1).getInt(), row.getColumn(2).getInt(),
                                              row.getColumn(3).getInt()};
                       constexpr int kMostCells = kLongestSide / kCellSide;
                       const bool isSound = cell.level >= 0 && cell.level < kMostLevels && cell.column >= 0 &&
                                            cell.column < kMostCells && cell.row >= 0 &&
                                            cell.row < kMostCells;
                       require(isSound, "a predicted cell lies outside its image");
                       predicted.cells.insert(cell);
                       predicted.seenAs = displayFrom(row.getColumn(4).getString());
                   });
    }

    PredictedCells& predictedCellsOf(const ImageId& id) {
        const ProjectImage* image = imageNamed(id);
        require(image, "a prediction belongs to no image");
        return contents_.predictedCells.try_emplace(id, PredictedCells{LabelMap(image->record.size), {}, {}})
            .first->second;
    }

    RowWalk& walk_;
    std::filesystem::path folder_;
    ProjectContents contents_;
    std::unordered_map<ImageId, size_t> places_;
};

}  // namespace

Result<ProjectContents> readProjectContents(SQLite::Database& database, const std::filesystem::path& path) {
    try {
        RowWalk walk(database, RowWalk::Damage::Refuse);
        return ContentsReader(walk, path.parent_path()).read(database);
    } catch (const SQLite::Exception&) {
        throw;
    } catch (const std::exception& problem) {
        return failure(ErrorCode::ProjectMalformed, {utf8(path), problem.what()});
    }
}

ProjectContents salvageProjectContents(SQLite::Database& database, const std::filesystem::path& folder,
                                       LostRows& lost) {
    RowWalk walk(database, RowWalk::Damage::PassOver);
    ProjectContents contents = ContentsReader(walk, folder).read(database);
    lost = walk.lost();
    return contents;
}

}  // namespace finebrush

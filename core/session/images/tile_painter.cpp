#include "core/session/images/tile_painter.h"

#include "core/image/display/rgb_mapper.h"
#include "core/image/raster/large_raster.h"
#include "core/image/raster/sample_conversion.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <unordered_set>
#include <utility>

namespace finebrush {

namespace {

/// What lies so far around the tiles that were wished for last is decoded ahead, for whoever moves the image.
constexpr int kTilesAhead = 2;
constexpr uint64_t kMostBytesAhead = uint64_t{64} << 20;

/// Around some tiles, the nearest first.
std::deque<TileAddress> tilesAround(const std::vector<TileAddress>& tiles, const LargeRaster& raster) {
    const auto tileBytes =
        static_cast<uint64_t>(raster.emptyPixels().bytesPerPixel()) * kTileSide * kTileSide;
    std::unordered_set<TileAddress, TileHash> known(tiles.begin(), tiles.end());
    std::deque<TileAddress> around;
    for (int distance = 1; distance <= kTilesAhead; ++distance) {
        for (const TileAddress& tile : tiles) {
            for (int row = tile.row - distance; row <= tile.row + distance; ++row) {
                for (int column = tile.column - distance; column <= tile.column + distance; ++column) {
                    const TileAddress next{tile.level, column, row};
                    if (row < 0 || column < 0 || tileRect(raster.size(), next).isEmpty() ||
                        !known.insert(next).second || raster.keptTile(next))
                        continue;
                    if ((around.size() + 1) * tileBytes > kMostBytesAhead) return around;
                    around.push_back(next);
                }
            }
        }
    }
    return around;
}

}  // namespace

/// What a thread made of a wish.
struct TilePainter::Painted {
    ImageId id;
    TileAddress tile;
    bool isProbe = false;
    uint64_t version = 0;
    PixelSize size;
    std::shared_ptr<const std::vector<uint8_t>> rgb;
    std::optional<Error> problem;
};

/// What is to be made, and of what.
struct TilePainter::Wishes {
    struct Work {
        std::shared_ptr<LargeRaster> raster;
        ImageId id;
        std::shared_ptr<const RgbMapper> rgbOf;
        TileAddress tile;
        bool isProbe = false;
        uint64_t version = 0;
        bool isAhead = false;  ///< to be kept, not to be shown
    };

    std::mutex mutex;
    std::shared_ptr<LargeRaster> raster;
    ImageId id;
    DisplayMapping display;
    std::shared_ptr<const RgbMapper> rgbOf;  ///< of that
    uint64_t version = 0;                    ///< of image and display
    std::deque<TileAddress> wanted;
    std::optional<TileAddress> probe;  ///< whose raw values are asked for
    std::vector<TileAddress> begun;    ///< of this version
    std::deque<TileAddress> ahead;
    bool isReadingAhead = false;  ///< on one thread at most: the other has time for the next wish

    std::optional<Work> take() {
        const std::lock_guard lock(mutex);
        if (probe) {
            const TileAddress tile = *std::exchange(probe, std::nullopt);
            if (raster->canRead(tile.level)) return Work{raster, id, rgbOf, tile, true, version};
        }
        std::erase_if(wanted, [&](const TileAddress& tile) {
            return std::ranges::find(begun, tile) != begun.end() || !raster->canRead(tile.level);
        });
        if (!wanted.empty()) {
            const auto next = nextWanted();
            const TileAddress tile = *next;
            wanted.erase(next);
            begun.push_back(tile);
            return Work{raster, id, rgbOf, tile, false, version};
        }
        if (isReadingAhead || ahead.empty()) return std::nullopt;
        isReadingAhead = true;
        const TileAddress tile = ahead.front();
        ahead.pop_front();
        return Work{raster, id, rgbOf, tile, false, version, true};
    }

    /// The most wanted tile that is not decoded just now together with another; else the most wanted one.
    std::deque<TileAddress>::iterator nextWanted() {
        const auto isFree = [&](const TileAddress& tile) {
            const TileAddress block = raster->blockOf(tile);
            return raster->keptTile(tile) || std::ranges::none_of(begun, [&](const TileAddress& other) {
                       return raster->blockOf(other) == block;
                   });
        };
        const auto found = std::ranges::find_if(wanted, isFree);
        return found == wanted.end() ? wanted.begin() : found;
    }

    void end(const Work& work) {
        const std::lock_guard lock(mutex);
        if (work.isAhead) {
            isReadingAhead = false;
        } else if (!work.isProbe && work.version == version) {
            std::erase(begun, work.tile);
        }
    }

    bool isEmpty() {
        const std::lock_guard lock(mutex);
        return wanted.empty() && !probe && (ahead.empty() || isReadingAhead);
    }

    static Painted paint(const Work& work) {
        Painted painted{work.id, work.tile, work.isProbe, work.version, {}, {}, {}};
        const Result<TileCache::Tile> tile = work.raster->tile(work.tile);
        painted.size = {tileRect(work.raster->size(), work.tile).width,
                        tileRect(work.raster->size(), work.tile).height};
        if (!tile) painted.problem = tile.error();
        if (work.isProbe) return painted;
        painted.rgb = std::make_shared<const std::vector<uint8_t>>(tile ? (*work.rgbOf)(**tile)
                                                                        : std::vector<uint8_t>());
        return painted;
    }
};

TilePainter::TilePainter(const OwnerThread::Post& post, Emit emit)
    : emit_(std::move(emit)), wishes_(std::make_shared<Wishes>()), owner_(post) {
    for (std::unique_ptr<Worker>& worker : workers_) worker = std::make_unique<Worker>(post);
}

TilePainter::~TilePainter() = default;

void TilePainter::setImage(const OpenedImage& image) {
    if (wishes_->raster == image.raster && wishes_->id == image.id && wishes_->display == image.display)
        return;
    if (wishes_->raster != image.raster) isDamageTold_ = false;
    wishes_->raster = image.raster;
    wishes_->id = image.id;
    wishes_->display = image.display;
    wishes_->rgbOf = std::make_shared<const RgbMapper>(image.display, image.pixels);
    ++wishes_->version;
    wishes_->wanted.clear();
    wishes_->probe.reset();
    wishes_->begun.clear();
    wishes_->ahead.clear();
}

void TilePainter::want(const std::shared_ptr<const OpenedImage>& image, std::vector<TileAddress> tiles) {
    if (!image || !image->isLarge()) return;
    {
        const std::lock_guard lock(wishes_->mutex);
        setImage(*image);
        wishes_->wanted.assign(tiles.begin(), tiles.end());
        if (!tiles.empty() && image->raster->canRead(tiles.front().level))
            wishes_->ahead = tilesAround(tiles, *image->raster);
    }
    start();
}

std::optional<PixelBuffer> TilePainter::pixelAt(const std::shared_ptr<const OpenedImage>& image, int x,
                                                int y) {
    if (!image || RectInImage{x, y, 1, 1}.intersected(RectInImage::ofSize(image->pixels.size)).isEmpty())
        return std::nullopt;
    if (!image->isLarge()) return cropped(image->pixels, {x, y, 1, 1});
    const TileAddress address{0, x / kTileSide, y / kTileSide};
    if (const TileCache::Tile tile = image->raster->keptTile(address))
        return cropped(*tile, {x % kTileSide, y % kTileSide, 1, 1});
    {
        const std::lock_guard lock(wishes_->mutex);
        setImage(*image);
        wishes_->probe = address;
    }
    start();
    return std::nullopt;
}

void TilePainter::start() {
    for (size_t i = 0; i < kThreads; ++i) {
        if (isBusy_[i] || wishes_->isEmpty()) continue;
        isBusy_[i] = true;
        workers_[i]->run<bool>(
            [this, wishes = wishes_, post = owner_.poster()](const std::stop_token& stop) -> Result<bool> {
                while (!stop.stop_requested()) {
                    const std::optional<Wishes::Work> work = wishes->take();
                    if (!work) break;
                    if (work->isAhead) {
                        (void)work->raster->tile(work->tile);  // damage is told when it is wished for
                        wishes->end(*work);
                        continue;
                    }
                    auto painted = std::make_shared<const Painted>(Wishes::paint(*work));
                    post([this, wishes, work, painted] {
                        wishes->end(*work);
                        deliver(*painted);
                    });
                }
                return true;
            },
            [this, i](const Result<bool>&) {
                isBusy_[i] = false;
                start();  // for what was wished for at the last moment
            });
    }
}

void TilePainter::deliver(const Painted& painted) {
    if (painted.version != wishes_->version) return;
    if (painted.problem && !std::exchange(isDamageTold_, true)) emit_(Notice{*painted.problem});
    if (painted.isProbe) {
        if (!painted.problem) emit_(PixelsKnown{});
    } else {
        emit_(TilePainted{painted.id, painted.tile, painted.size, painted.rgb});
    }
}

}  // namespace finebrush

// Times an image that is larger than the memory: the first picture, and any screen of it.

#include "core/base/files.h"
#include "core/image/raster/gdal_environment.h"
#include "core/session/session.h"

#include <CLI/CLI.hpp>
#include <gdal_priv.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <variant>
#include <vector>

using namespace finebrush;

namespace {

constexpr int kBands = 4;
constexpr int kBlock = 512;
constexpr PixelSize kScreen{1280, 800};
/// A person who moves along the image.
constexpr int kWays = 5, kSteps = 30;
constexpr auto kRest = std::chrono::milliseconds(200);

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Fields, roads and noise: it shrinks to about a third, as satellite images do.
void makeRaster(const std::filesystem::path& path, int side) {
    prepareGdal();
    const char* options[] = {
        "TILED=YES",   "BLOCKXSIZE=512", "BLOCKYSIZE=512",       "COMPRESS=DEFLATE",
        "PREDICTOR=2", "ZLEVEL=1",       "INTERLEAVE=PIXEL",     "BIGTIFF=YES",
        "ALPHA=NO",    "SPARSE_OK=TRUE", "NUM_THREADS=ALL_CPUS", "PHOTOMETRIC=MINISBLACK",
        nullptr};
    GDALDatasetUniquePtr dataset(GetGDALDriverManager()->GetDriverByName("GTiff")->Create(
        path.c_str(), side, side, kBands, GDT_UInt16, const_cast<char**>(options)));
    if (!dataset) throw std::runtime_error("cannot write " + utf8(path));
    std::mt19937 random(1);
    std::vector<uint16_t> noise(size_t{kBlock} * kBlock);
    for (uint16_t& one : noise) one = static_cast<uint16_t>(random() % 64);
    std::vector<uint16_t> block(noise.size() * kBands);
    for (int y = 0; y < side; y += kBlock) {
        for (int x = 0; x < side; x += kBlock) {
            const size_t shift = random() % noise.size();
            for (size_t i = 0; i < noise.size(); ++i) {
                const int column = x + static_cast<int>(i % kBlock), row = y + static_cast<int>(i / kBlock);
                const bool isRoad = column % 1500 < 12 || row % 1100 < 12;
                const int field = (column / 300 * 37 + row / 220 * 101) % 13;
                for (int band = 0; band < kBands; ++band) {
                    const int value = isRoad ? 9000 : 1500 + field * (300 + 80 * band);
                    block[i * kBands + static_cast<size_t>(band)] =
                        static_cast<uint16_t>(value + noise[(i + shift) % noise.size()]);
                }
            }
            const int width = std::min(kBlock, side - x), height = std::min(kBlock, side - y);
            const CPLErr written =
                dataset->RasterIO(GF_Write, x, y, width, height, block.data(), width, height, GDT_UInt16,
                                  kBands, nullptr, kBands * 2, GSpacing{kBlock} * kBands * 2, 2, nullptr);
            if (written != CE_None) throw std::runtime_error("cannot write " + utf8(path));
        }
    }
}

/// A session whose owner's thread is the one that waits.
class Bench {
  public:
    explicit Bench(const std::filesystem::path& folder) {
        ImageMemory memory;
        memory.pyramidFolder = folder / "pyramids";
        session = std::make_unique<Session>(Session::Dependencies{
            .post =
                [this](std::function<void()> task) {
                    const std::lock_guard lock(mutex_);
                    tasks_.push_back(std::move(task));
                    arrived_.notify_all();
                },
            .observer =
                [this](const SessionEvent& event) {
                    if (std::holds_alternative<TilePainted>(event)) ++painted;
                    if (const auto* notice = std::get_if<Notice>(&event))
                        throw std::runtime_error(describe(notice->error));
                    if (const auto* progress = std::get_if<OverviewProgress>(&event))
                        isMakingOverviews = progress->isRunning;
                },
            .launchEngine = [](auto) { return failure(ErrorCode::EngineNotStarted, {""}); },
            .recoveryFolder = folder / "recovery",
            .imageMemory = memory,
        });
    }

    void runUntil(const std::function<bool()>& condition) {
        while (!condition()) {
            std::function<void()> task;
            {
                std::unique_lock lock(mutex_);
                arrived_.wait(lock, [this] { return !tasks_.empty(); });
                task = std::move(tasks_.front());
                tasks_.pop_front();
            }
            task();
        }
    }

    /// Seconds from the wish for a screen, at a share of the image, to its last tile.
    double showScreen(double scale, double x, double y) {
        const PixelSize image = session->shownImage()->pixels.size;
        return showScreenAt(scale, static_cast<int>(x * std::max(1.0, image.width - kScreen.width / scale)),
                            static_cast<int>(y * std::max(1.0, image.height - kScreen.height / scale)));
    }
    /// The same with its corner at a pixel. What is painted already is not wished for again.
    double showScreenAt(double scale, int x, int y, std::set<std::pair<int, int>>* known = nullptr) {
        const PixelSize image = session->shownImage()->pixels.size;
        const int level = std::max(0, static_cast<int>(std::floor(std::log2(1 / scale))));
        if (sizeOfLevel(image, level).width <= session->shownImage()->overview->size.width) return 0;
        const int width = static_cast<int>(kScreen.width / scale);
        const int height = static_cast<int>(kScreen.height / scale);
        const RectInImage seen = RectInImage{x, y, width, height}.intersected(RectInImage::ofSize(image));
        const RectInImage inLevel = levelFromImage(seen, level);
        std::vector<TileAddress> tiles;
        for (int row = inLevel.y / kTileSide; row * kTileSide < inLevel.bottom(); ++row) {
            for (int column = inLevel.x / kTileSide; column * kTileSide < inLevel.right(); ++column) {
                if (!known || known->insert({column, row}).second) tiles.push_back({level, column, row});
            }
        }
        if (tiles.empty()) return 0;
        painted = 0;
        const Clock::time_point start = Clock::now();
        session->wantTiles(tiles);
        runUntil([&] { return painted == tiles.size(); });
        return secondsSince(start);
    }

    size_t painted = 0;
    bool isMakingOverviews = false;

  private:
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<std::function<void()>> tasks_;

  public:
    std::unique_ptr<Session> session;  // last: its threads post until they have ended
};

void printPeak() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("  peak resident memory: %.0f MiB\n", static_cast<double>(usage.ru_maxrss) / 1024);
}

void printTimes(std::vector<double> seconds) {
    std::ranges::sort(seconds);
    const auto percentile = [&](double part) {
        return seconds[static_cast<size_t>(part * static_cast<double>(seconds.size() - 1))] * 1000;
    };
    std::printf("median %.0f ms, 95 %% %.0f ms, 99 %% %.0f ms, longest %.0f ms\n", percentile(0.5),
                percentile(0.95), percentile(0.99), percentile(1));
    std::fflush(stdout);
}

void firstPicture(Bench& bench, const std::filesystem::path& file) {
    const Clock::time_point start = Clock::now();
    bench.session->addImages({file});
    bench.runUntil([&] { return bench.session->shownImage() != nullptr; });
    std::printf("  first picture: %.2f s\n", secondsSince(start));
    std::fflush(stdout);
}

void measureCold(const std::filesystem::path& file, const std::filesystem::path& folder) {
    std::printf("without overviews:\n");
    Bench bench(folder);
    firstPicture(bench, file);
    const Clock::time_point start = Clock::now();
    bench.runUntil([&] { return bench.isMakingOverviews; });
    bench.runUntil([&] { return !bench.isMakingOverviews; });
    std::printf("  overviews: %.0f s\n", secondsSince(start));
    printPeak();
}

void measureWarm(const std::filesystem::path& file, const std::filesystem::path& folder, int screens) {
    std::printf("with cached overviews:\n");
    Bench bench(folder);
    firstPicture(bench, file);
    std::mt19937 random(7);
    std::uniform_real_distribution<double> share(0, 1);
    std::vector<double> seconds;
    for (int i = 0; i < screens; ++i) {
        const double scale = std::exp2(-5 + 7 * share(random));  // 1/32 to 4
        seconds.push_back(bench.showScreen(scale, share(random), share(random)));
    }
    std::printf("  %d random screens of %d x %d: ", screens, kScreen.width, kScreen.height);
    printTimes(seconds);

    seconds.clear();
    for (int way = 0; way < kWays; ++way) {
        std::set<std::pair<int, int>> known;
        const int left = static_cast<int>(share(random) * 2000), top = 1000 + 1500 * way;
        for (int step = 0; step < kSteps; ++step) {
            const double taken = bench.showScreenAt(1, left + step * kScreen.width / 4, top, &known);
            if (step > 0 && taken > 0) seconds.push_back(taken);
            std::this_thread::sleep_for(kRest);
        }
    }
    std::printf("  %d steps of a quarter of a screen to the right, one in 200 ms: ",
                static_cast<int>(seconds.size()));
    printTimes(seconds);
    printPeak();
}

/// In a process of its own, whose memory is counted for itself.
void apart(const std::function<void()>& run) {
    std::fflush(stdout);
    const pid_t child = fork();
    if (child == 0) {
        try {
            run();
            std::fflush(stdout);
            _exit(0);
        } catch (const std::exception& problem) {
            std::fprintf(stderr, "%s\n", problem.what());
            _exit(1);
        }
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (status != 0) std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Times a raster that is larger than the memory.");
    std::filesystem::path folder;
    int side = 40000, screens = 300;
    app.add_option("folder", folder, "For the raster, which is made where it is not there, and its overviews")
        ->required();
    app.add_option("--side", side, "Of the raster, in px")->check(CLI::Range(4096, 200000));
    app.add_option("--screens", screens)->check(CLI::Range(1, 100000));
    bool isWarm = false;
    app.add_flag("--warm", isWarm, "Only with the overviews that are there");
    CLI11_PARSE(app, argc, argv);
    std::filesystem::create_directories(folder);
    folder = std::filesystem::canonical(folder);
    const std::filesystem::path file = folder / ("raster" + std::to_string(side) + ".tif");
    if (!std::filesystem::exists(file)) apart([&] { makeRaster(file, side); });
    std::printf("%d x %d x %d uint16, file %.0f MiB\n", side, side, kBands,
                static_cast<double>(std::filesystem::file_size(file)) / (1 << 20));
    if (!isWarm) {
        std::filesystem::remove_all(folder / "pyramids");
        apart([&] { measureCold(file, folder); });
    }
    apart([&] { measureWarm(file, folder, screens); });
}

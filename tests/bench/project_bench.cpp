// Times a project as it grows: what a stroke costs, and how long opening takes.

#include "core/base/files.h"
#include "core/base/uuid.h"
#include "core/project/database/project_database.h"
#include "core/project/project.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <random>
#include <sys/resource.h>

using namespace finebrush;

namespace {

constexpr int kReportEvery = 10;  // parts of the whole
constexpr size_t kCommitTogether = 1000;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// User and system time of this process; other programs do not lengthen it.
double processorSeconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

ImageRecord recordOf(int number, int side) {
    ImageRecord record;
    record.id = randomUuid();
    record.path = "/data/image" + std::to_string(number) + ".png";
    record.fingerprint = {static_cast<uint64_t>(number), std::string(64, 'a')};
    record.size = {side, side};
    Thumbnail thumbnail{{96, 72}, std::vector<uint8_t>(size_t{96} * 72 * 3)};
    std::mt19937 random(static_cast<uint32_t>(number));
    for (uint8_t& sample : thumbnail.rgb) sample = static_cast<uint8_t>(random() % 32 + 96);
    record.thumbnail = thumbnail;
    return record;
}

/// Collects what a project writes, and commits much of it together, as the writer's thread does under load.
struct Recorder {
    ProjectDatabase& database;
    std::vector<ProjectWrites> waiting;

    void commit() {
        const auto written = database.write(waiting);
        if (!written) throw std::runtime_error(describe(written.error()));
        waiting.clear();
    }
    void operator()(ProjectWrites writes) {
        waiting.push_back(std::move(writes));
        if (waiting.size() >= kCommitTogether) commit();
    }
};

void build(const std::filesystem::path& path, int images, int side, int strokes) {
    ProjectDatabase database = ProjectDatabase::create(path).value();
    Recorder recorder{database, {}};
    ClassTable classes;
    for (const char* name : {"background", "cell", "other"}) classes.insert(99, classes.makeNext(name));
    Project project = Project::create(classes, [&](ProjectWrites writes) { recorder(std::move(writes)); });
    for (int i = 0; i < images; ++i) project.addImage(recordOf(i, side));
    std::mt19937 random(1);
    const int part = std::max(strokes / kReportEvery, 1);
    auto start = std::chrono::steady_clock::now();
    double usedBefore = processorSeconds();
    for (int stroke = 0; stroke < strokes; ++stroke) {
        const ImageId& image = project.images()[random() % static_cast<uint32_t>(images)].record.id;
        const auto somewhere = [&] { return static_cast<double>(random() % static_cast<uint32_t>(side)); };
        const PointInImage from{somewhere(), somewhere()};
        project.beginStroke(image, static_cast<uint8_t>(random() % 3), 8, from);
        project.extendStroke({from.x + 20, from.y + 5});
        project.finishPainting();
        if ((stroke + 1) % part != 0) continue;
        recorder.commit();
        std::printf("strokes %8d to %8d: %.1f µs each, %.1f µs of the processor\n", stroke + 1 - part,
                    stroke + 1, secondsSince(start) / part * 1e6,
                    (processorSeconds() - usedBefore) / part * 1e6);
        std::fflush(stdout);
        start = std::chrono::steady_clock::now();
        usedBefore = processorSeconds();
    }
    recorder.commit();
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app("Times a project as it grows.");
    std::filesystem::path path;
    int images = 10000, side = 4096, strokes = 1000000;
    app.add_option("file", path, "Project to make, or to open where it is there")->required();
    app.add_option("--images", images)->check(CLI::Range(1, 1000000));
    app.add_option("--side", side, "Of an image, in px")->check(CLI::Range(1, 100000));
    app.add_option("--strokes", strokes)->check(CLI::Range(0, 100000000));
    CLI11_PARSE(app, argc, argv);
    if (!std::filesystem::exists(path)) build(std::filesystem::absolute(path), images, side, strokes);
    std::printf("file: %.0f MiB\n", static_cast<double>(std::filesystem::file_size(path)) / (1 << 20));
    const auto start = std::chrono::steady_clock::now();
    const auto opened = ProjectDatabase::open(std::filesystem::absolute(path));
    if (!opened) {
        std::cerr << describe(opened.error()) << '\n';
        return 1;
    }
    std::printf("opened in %.2f s: %zu images, %lld steps of history\n", secondsSince(start),
                opened->contents.images.size(), static_cast<long long>(opened->contents.history.size()));
}

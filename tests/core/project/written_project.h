#pragma once

#include "core/project/database/project_copy.h"
#include "core/project/database/project_database.h"
#include "tests/core/project/sample_project.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <fstream>
#include <functional>
#include <span>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace finebrush::testing {

/// A project in memory that hands its writes to a database at once.
struct WrittenProject {
    explicit WrittenProject(const std::filesystem::path& path)
        : database(ProjectDatabase::create(path).value()),
          project(Project::create(makeClasses({"background", "핵"}), [this](const ProjectWrites& writes) {
              const auto written = database.write(std::span(&writes, 1));
              EXPECT_TRUE(written.has_value()) << describe(written.error());
          })) {}

    ProjectDatabase database;
    Project project;
};

/// Makes a file with all that a project can hold.
inline ProjectView writeFullProject(const std::filesystem::path& path, uint32_t seed) {
    WrittenProject written(path);
    Project& project = written.project;
    project.addImage(makeRecord({300, 270}, path.parent_path() / "사진 1.png"));
    ImageRecord slice = makeRecord({90, 40}, "/elsewhere/2.nii.gz");
    slice.slice = SliceAddress{SliceView::Coronal, 17, 2};
    project.addImage(slice);
    std::mt19937 random(seed);
    for (int i = 0; i < 25; ++i) doSomething(project, random);
    for (int i = 0; i < 4; ++i) project.undo();
    project.recordRun(makeRun());
    project.setPrediction(makePrediction(project.images()[0].record.id, {300, 270}, 1));
    project.setSetting("shown_image", project.images()[0].record.id);
    return viewOf(project);
}

/// Copies a project to its end.
inline Result<ProjectDatabase> copied(ProjectDatabase* source, std::span<const ProjectWrites> further,
                                      const std::filesystem::path& target) {
    const auto copy = ProjectCopy::begin(source, target);
    if (!copy) return failure(copy.error());
    Result<bool> isWhole = false;
    while (isWhole && !*isWhole) isWhole = (*copy)->step();
    if (!isWhole) return failure(isWhole.error());
    return (*copy)->finish(further);
}

/// A process of its own that has a project open, until it is killed. No other thread may be at work when it
/// is made: it could hold what this one needs.
class ProjectHolder {
  public:
    /// `then` runs in it once the project is open.
    explicit ProjectHolder(const std::filesystem::path& path, const std::function<void()>& then = {}) {
        int ready[2];
        if (::pipe(ready) != 0) return;
        process_ = ::fork();
        if (process_ == 0) {
            const auto held = ProjectDatabase::open(path);
            if (then) then();
            if (::write(ready[1], held ? "y" : "n", 1) == 1) ::pause();
            ::_exit(0);
        }
        char sign = 0;
        holds_ = ::read(ready[0], &sign, 1) == 1 && sign == 'y';
        for (const int end : ready) ::close(end);
    }
    ~ProjectHolder() { kill(); }
    ProjectHolder(const ProjectHolder&) = delete;
    ProjectHolder& operator=(const ProjectHolder&) = delete;

    bool holds() const { return holds_; }
    void kill() {
        if (process_ <= 0) return;
        ::kill(process_, SIGKILL);
        ::waitpid(std::exchange(process_, -1), nullptr, 0);
    }

  private:
    pid_t process_ = -1;
    bool holds_ = false;
};

/// Makes a file with 300 strokes of a pixel each, of which opening reads the last 200 only.
inline void writeManyStrokes(const std::filesystem::path& path) {
    WrittenProject written(path);
    written.project.addImage(makeRecord({300, 200}, path.parent_path() / "a.png"));
    const ImageId image = written.project.images().front().record.id;
    for (int i = 0; i < 300; ++i) {
        written.project.beginStroke(image, 1, 1, {i + 0.5, 100.5});
        written.project.finishPainting();
    }
}

/// Damages a part of a project that opening does not need: the index of the tiles.
inline void damageTileIndex(const std::filesystem::path& path) {
    int64_t page = 0, bytes = 0;
    {
        SQLite::Database database(utf8(path), SQLite::OPEN_READWRITE);
        page =
            database.execAndGet("SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_tiles_1'")
                .getInt64();
        bytes = database.execAndGet("PRAGMA page_size").getInt64();
    }
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp((page - 1) * bytes);
    file << std::string(static_cast<size_t>(bytes), '\x55');
    ASSERT_TRUE(file.flush());
}

/// The project that was read, without a file behind it.
inline Project projectOf(ProjectContents contents) {
    return {std::move(contents), [](const ProjectWrites&) {}};
}

}  // namespace finebrush::testing

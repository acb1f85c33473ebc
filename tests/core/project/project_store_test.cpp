#include "core/project/project_store.h"

#include "tests/core/project/written_project.h"
#include "tests/support/child_process.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <sys/resource.h>

namespace finebrush {
namespace {

using namespace std::chrono_literals;
using testing::TemporaryFolder;
using testing::viewOf;

/// Collects what a store reports, and waits for it.
class Reports {
  public:
    ProjectStore::Events events() {
        return {
            .durable = [this] { note([this] { ++durable; }); },
            .failed = [this](const Error& error) { note([&] { failures.push_back(error); }); },
            .damaged = [this](const Error& error) { note([&] { damages.push_back(error); }); },
            .savedAs =
                [this](const Result<std::filesystem::path>& path) { note([&] { saved.push_back(path); }); }};
    }
    template <typename Condition>
    bool waitFor(Condition condition) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 20s, condition);
    }

    int durable = 0;
    std::vector<Error> failures;
    std::vector<Error> damages;
    std::vector<Result<std::filesystem::path>> saved;

  private:
    void note(const std::function<void()>& change) {
        const std::lock_guard lock(mutex_);
        change();
        changed_.notify_all();
    }
    std::mutex mutex_;
    std::condition_variable changed_;
};

testing::ProjectView reopened(const std::filesystem::path& path) {
    Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
    if (!opened) {
        ADD_FAILURE() << describe(opened.error());
        return {};
    }
    return viewOf(Project(std::move(opened->contents), [](const ProjectWrites&) {}));
}

/// A project with a store behind it, as a session has it.
struct StoredProject {
    explicit StoredProject(const std::filesystem::path& path, std::chrono::milliseconds retryDelay = 20ms,
                           int pagesPerSlice = ProjectCopy::kPagesPerSlice)
        : store(path, reports.events(), retryDelay, pagesPerSlice),
          project(Project::create(testing::makeClasses({"a", "b"}),
                                  [this](ProjectWrites writes) { store.enqueue(std::move(writes)); })) {}

    void addImageAndPaint(int strokes) {
        project.addImage(testing::makeRecord({400, 300}));
        std::mt19937 random(8);
        for (int i = 0; i < strokes; ++i) testing::doSomething(project, random);
    }

    Reports reports;
    ProjectStore store;
    Project project;
};

/// A project that was opened from its file.
struct OpenedProject {
    explicit OpenedProject(const std::filesystem::path& path)
        : OpenedProject(ProjectDatabase::open(path).value()) {}

    Reports reports;
    ProjectStore store;
    Project project;

  private:
    explicit OpenedProject(ProjectDatabase::Opened opened)
        : store(std::move(opened.database), reports.events(), 20ms),
          project(std::move(opened.contents),
                  [this](ProjectWrites writes) { store.enqueue(std::move(writes)); }) {}
};

TEST(ProjectStore, BecomesDurableByItself) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        StoredProject stored(folder / "p.finebrush");
        stored.addImageAndPaint(200);
        expected = viewOf(stored.project);
        EXPECT_TRUE(stored.reports.waitFor([&] { return stored.store.isDurable(); }));
        EXPECT_TRUE(stored.reports.failures.empty());
        EXPECT_GT(stored.reports.durable, 0);
    }
    EXPECT_EQ(reopened(folder / "p.finebrush"), expected);
}

TEST(ProjectStore, ClosingWritesWhatIsPending) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        StoredProject stored(folder / "p.finebrush");
        stored.addImageAndPaint(50);
        expected = viewOf(stored.project);
    }
    EXPECT_EQ(reopened(folder / "p.finebrush"), expected);
}

TEST(ProjectStore, AFailureIsReportedOnceAndTheWorkWrittenWhenItCanBe) {
    const TemporaryFolder folder;
    std::ofstream(folder / "in the way") << "a file where a folder should be";
    StoredProject stored(folder / "in the way/p.finebrush");
    stored.addImageAndPaint(5);
    ASSERT_TRUE(stored.reports.waitFor([&] { return !stored.reports.failures.empty(); }));
    std::this_thread::sleep_for(100ms);  // several retries pass, and none may say it again
    EXPECT_EQ(stored.reports.failures.size(), 1U);
    EXPECT_EQ(stored.reports.failures.front().code, ErrorCode::FileNotWritable);
    EXPECT_FALSE(stored.store.isDurable());

    std::filesystem::remove(folder / "in the way");
    ASSERT_TRUE(stored.reports.waitFor([&] { return stored.reports.durable > 0; }));
    EXPECT_TRUE(stored.store.isDurable());
}

/// A project whose file is damaged where opening does not look, as a large one may be.
struct DamagedProject {
    explicit DamagedProject(const std::filesystem::path& path) {
        testing::writeFullProject(path, 3);
        testing::damageTileIndex(path);
        before = readFile(path).value();
        ProjectDatabase::Opened opened = ProjectDatabase::open(path, 0).value();
        store.emplace(std::move(opened.database), reports.events(), 20ms);
        project.emplace(std::move(opened.contents),
                        [this](ProjectWrites writes) { store->enqueue(std::move(writes)); });
    }

    std::vector<uint8_t> before;
    Reports reports;
    std::optional<ProjectStore> store;
    std::optional<Project> project;
};

TEST(ProjectStore, DamageIsFoundWhenThereIsNothingElseToDo) {
    const TemporaryFolder folder;
    DamagedProject damaged(folder / "p.finebrush");
    ASSERT_TRUE(damaged.reports.waitFor([&] { return !damaged.reports.damages.empty(); }));
    EXPECT_EQ(damaged.reports.damages.front().code, ErrorCode::ProjectMalformed);
    damaged.project->addClass("later");
    damaged.store.reset();
    EXPECT_EQ(readFile(folder / "p.finebrush").value(), damaged.before);
    EXPECT_EQ(damaged.reports.durable, 0);
    EXPECT_EQ(damaged.reports.damages.size(), 1U);
}

TEST(ProjectStore, AWriteThatMeetsDamageSaysSo) {
    const TemporaryFolder folder;
    DamagedProject damaged(folder / "p.finebrush");
    damaged.project->addImage(testing::makeRecord({50, 50}));
    damaged.project->beginStroke(damaged.project->images().back().record.id, 1, 9, {25, 25});
    damaged.project->finishPainting();
    ASSERT_TRUE(damaged.reports.waitFor([&] { return !damaged.reports.damages.empty(); }));
    EXPECT_FALSE(damaged.store->isDurable());
    damaged.store.reset();
    EXPECT_EQ(readFile(folder / "p.finebrush").value(), damaged.before);
    EXPECT_TRUE(damaged.reports.failures.empty());
}

TEST(ProjectStore, WhatCanBeStoredNowhereIsSaidAndHoldsNothingUp) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        StoredProject stored(folder / "p.finebrush");
        stored.addImageAndPaint(10);
        AdaptationRun run = testing::makeRun();
        run.settings.gate = static_cast<messages::GateMode>(99);  // has no name in a file
        stored.project.recordRun(run);
        stored.project.addClass("after");
        expected = viewOf(stored.project);
        ASSERT_TRUE(stored.reports.waitFor([&] { return stored.store.isDurable(); }));
        ASSERT_EQ(stored.reports.failures.size(), 1U);
        EXPECT_EQ(stored.reports.failures.front().code, ErrorCode::Internal);
    }
    EXPECT_EQ(reopened(folder / "p.finebrush"), expected);
}

TEST(ProjectStore, SaveAsTakesEverythingAndGoesOnThere) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        StoredProject stored(folder / "p.finebrush");
        stored.addImageAndPaint(30);
        stored.store.saveAs(folder / "new.finebrush");
        ASSERT_TRUE(stored.reports.waitFor([&] { return !stored.reports.saved.empty(); }));
        ASSERT_TRUE(stored.reports.saved.front().has_value());
        stored.project.addClass("after");
        expected = viewOf(stored.project);
    }
    EXPECT_EQ(reopened(folder / "new.finebrush"), expected);
    EXPECT_NE(reopened(folder / "p.finebrush"), expected);
}

TEST(ProjectStore, SaveAsRescuesWorkThatCannotBeWrittenWhereItIs) {
    const TemporaryFolder folder;
    StoredProject stored("/proc/no/p.finebrush");
    stored.addImageAndPaint(10);
    ASSERT_TRUE(stored.reports.waitFor([&] { return !stored.reports.failures.empty(); }));
    stored.store.saveAs(folder / "rescued.finebrush");
    ASSERT_TRUE(stored.reports.waitFor([&] { return !stored.reports.saved.empty(); }));
    EXPECT_TRUE(stored.reports.saved.front().has_value());
    EXPECT_TRUE(stored.store.isDurable());
    EXPECT_TRUE(isProjectInUse(folder / "rescued.finebrush"));
}

TEST(ProjectStore, AFailedSaveAsChangesNothing) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        StoredProject stored(folder / "p.finebrush");
        stored.addImageAndPaint(10);
        stored.store.saveAs("/proc/no/p.finebrush");
        ASSERT_TRUE(stored.reports.waitFor([&] { return !stored.reports.saved.empty(); }));
        EXPECT_FALSE(stored.reports.saved.front().has_value());
        stored.project.addClass("after");
        expected = viewOf(stored.project);
    }
    EXPECT_EQ(reopened(folder / "p.finebrush"), expected);
}

/// What a second connection would find if the process were killed now.
testing::ProjectView afterAKill(const std::filesystem::path& path) {
    const TemporaryFolder folder;
    for (const char* suffix : {"", "-wal"}) {
        std::filesystem::copy_file(std::filesystem::path(path) += suffix,
                                   std::filesystem::path(folder / "killed.finebrush") += suffix);
    }
    return reopened(folder / "killed.finebrush");
}

/// A project that is copied page by page, so that its store has many turns in the midst of a copy.
struct CopiedProject : StoredProject {
    explicit CopiedProject(const std::filesystem::path& path) : StoredProject(path, 1h, 1) {
        addImageAndPaint(30);
        EXPECT_TRUE(reports.waitFor([&] { return store.isDurable(); }));
    }
    /// Begins a copy and calls a function on the writer's thread between two of its slices; this thread must
    /// leave the project alone until `hasEnded`.
    void saveAs(const std::filesystem::path& target, std::function<void()> inItsMidst) {
        store.read([=, this](ProjectDatabase*) {
            store.saveAs(target);
            nextTurn([=, this] { nextTurn(inItsMidst); });  // the first is before the first slice
        });
    }
    /// Calls a function in the writer's next turn, in which it first writes what is queued. On its thread.
    void nextTurn(std::function<void()> task) {
        store.read([task = std::move(task)](ProjectDatabase*) { task(); });
    }
    void paint(double x) {
        project.beginStroke(project.images().front().record.id, 1, 3, {x, 5.5});
        project.finishPainting();
    }
    bool hasEnded() {
        return reports.waitFor([this] { return !reports.saved.empty(); });
    }
};

TEST(ProjectStore, AStrokeInTheMidstOfACopyIsDurableBeforeItEndsAndInTheCopy) {
    const TemporaryFolder folder;
    testing::ProjectView painted, found;
    bool wasDurable = false, hadEnded = true;
    {
        CopiedProject copied(folder / "p.finebrush");
        copied.saveAs(folder / "new.finebrush", [&] {
            copied.paint(5.5);
            copied.nextTurn([&] {
                wasDurable = copied.store.isDurable();
                hadEnded = !copied.reports.saved.empty() || exists(folder / "new.finebrush");
                painted = viewOf(copied.project);
                found = afterAKill(folder / "p.finebrush");
            });
        });
        ASSERT_TRUE(copied.hasEnded());
        ASSERT_TRUE(copied.reports.saved.front().has_value());
    }
    EXPECT_TRUE(wasDurable);
    EXPECT_FALSE(hadEnded);
    EXPECT_EQ(found, painted);
    EXPECT_EQ(reopened(folder / "new.finebrush"), painted);
}

TEST(ProjectStore, WhatIsPaintedUntilACopyEndsIsInIt) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        CopiedProject copied(folder / "p.finebrush");
        int strokes = 0;
        std::function<void()> paintOn = [&] {
            if (!copied.reports.saved.empty()) return;
            copied.paint(++strokes);
            copied.nextTurn(paintOn);
        };
        copied.saveAs(folder / "new.finebrush", paintOn);
        ASSERT_TRUE(copied.hasEnded());
        ASSERT_TRUE(copied.reports.saved.front().has_value());
        std::promise<void> lastTurn;
        copied.nextTurn([&] { lastTurn.set_value(); });
        lastTurn.get_future().wait();
        EXPECT_GT(strokes, 10);
        expected = viewOf(copied.project);
    }
    EXPECT_EQ(reopened(folder / "new.finebrush"), expected);
}

TEST(ProjectStore, ACopyThatFailsInItsMidstLeavesTheTargetAndTheWork) {
    const TemporaryFolder folder;
    const std::filesystem::path target = folder / "sub/new.finebrush";
    std::filesystem::create_directories(folder / "sub");
    const testing::ProjectView before = testing::writeFullProject(target, 4);
    const auto bytesBefore = readFile(target).value();
    testing::ProjectView expected;
    {
        CopiedProject copied(folder / "p.finebrush");
        copied.saveAs(target, [&] {
            copied.paint(5.5);
            for (const auto& entry : std::filesystem::directory_iterator(folder / "sub")) {
                if (entry.path() != target) std::filesystem::remove(entry.path());
            }
        });
        ASSERT_TRUE(copied.hasEnded());
        ASSERT_FALSE(copied.reports.saved.front().has_value());
        EXPECT_EQ(copied.reports.saved.front().error(),
                  (Error{ErrorCode::FileNotWritable, {utf8(target)}, "No such file or directory"}));
        EXPECT_TRUE(copied.reports.waitFor([&] { return copied.store.isDurable(); }));
        copied.project.addClass("after");
        expected = viewOf(copied.project);
    }
    EXPECT_EQ(readFile(target).value(), bytesBefore);
    EXPECT_EQ(reopened(target), before);
    EXPECT_EQ(reopened(folder / "p.finebrush"), expected);
}

TEST(ProjectStore, ACopyTakesWhatCannotBeWrittenAnyMoreInItsMidst) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        CopiedProject copied(folder / "p.finebrush");
        copied.saveAs(folder / "new.finebrush", [&] {
            std::filesystem::remove(folder / "p.finebrush");
            copied.paint(5.5);
        });
        ASSERT_TRUE(copied.hasEnded());
        ASSERT_TRUE(copied.reports.saved.front().has_value());
        ASSERT_EQ(copied.reports.failures.size(), 1U);
        EXPECT_EQ(copied.reports.failures.front().code, ErrorCode::FileMissing);
        EXPECT_TRUE(copied.store.isDurable());
        EXPECT_FALSE(copied.store.problem());
        expected = viewOf(copied.project);
    }
    EXPECT_EQ(reopened(folder / "new.finebrush"), expected);
}

TEST(ProjectStore, ClosingBringsACopyToItsEnd) {
    const TemporaryFolder folder;
    testing::ProjectView expected;
    {
        CopiedProject copied(folder / "p.finebrush");
        copied.store.saveAs(folder / "new.finebrush");
        copied.project.addClass("after");
        expected = viewOf(copied.project);
    }
    EXPECT_EQ(reopened(folder / "new.finebrush"), expected);
}

TEST(ProjectStore, SavingNowSaysWhatCameOfIt) {
    const TemporaryFolder folder;
    std::ofstream(folder / "in the way") << "a file where a folder should be";
    const std::filesystem::path path = folder / "in the way/p.finebrush";
    StoredProject stored(path, 1h);
    stored.addImageAndPaint(5);
    stored.store.saveNow();
    ASSERT_TRUE(stored.reports.waitFor([&] { return stored.reports.saved.size() == 1; }));
    ASSERT_FALSE(stored.reports.saved.back().has_value());
    EXPECT_EQ(stored.reports.saved.back().error().code, ErrorCode::FileNotWritable);
    EXPECT_EQ(stored.store.problem(), stored.reports.saved.back().error());
    EXPECT_FALSE(stored.store.isDurable());

    std::filesystem::remove(folder / "in the way");
    stored.store.saveNow();
    ASSERT_TRUE(stored.reports.waitFor([&] { return stored.reports.saved.size() == 2; }));
    EXPECT_EQ(stored.reports.saved.back(), path);
    EXPECT_TRUE(stored.store.isDurable());
    EXPECT_FALSE(stored.store.problem());
}

TEST(ProjectStore, SaveAsNamesTheFileOfNowWhereThatCannotBeRead) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    testing::writeManyStrokes(path);
    ProjectDatabase::Opened opened = ProjectDatabase::open(path, 0).value();
    Reports reports;
    ProjectStore store(std::move(opened.database), reports.events());
    std::filesystem::resize_file(path, 4096);
    store.saveAs(folder / "new.finebrush");
    ASSERT_TRUE(reports.waitFor([&] { return !reports.saved.empty(); }));
    ASSERT_FALSE(reports.saved.back().has_value());
    EXPECT_EQ(reports.saved.back().error().code, ErrorCode::FileNotReadable);
    EXPECT_EQ(reports.saved.back().error().arguments, std::vector<std::string>{utf8(path)});
    EXPECT_FALSE(std::filesystem::exists(folder / "new.finebrush"));
}

// ---- in a child process ----

/// Fills a small disk with a project; 0 where all is as it should be, or the number of what is not.
int fillSmallDisk(const TemporaryFolder& folder) {
    if (!testing::mountSmallDisk(folder / "full")) return testing::kNoSmallDisk;
    const std::filesystem::path path = folder / "full/p.finebrush";
    testing::ProjectView before, expected;
    {
        StoredProject stored(path);
        stored.addImageAndPaint(20);
        if (!stored.reports.waitFor([&] { return stored.store.isDurable(); })) return 1;
        before = viewOf(stored.project);
    }
    const auto bytesBefore = readFile(path).value();
    {
        OpenedProject stored(path);
        AdaptationRun run = testing::makeRun();
        run.outcome.adapter["adapter_model.safetensors"].assign(size_t{3} << 20, 1);
        stored.project.recordRun(run);
        stored.project.addClass("after the disk was full");
        expected = viewOf(stored.project);
        if (!stored.reports.waitFor([&] { return !stored.reports.failures.empty(); })) return 2;
        if (stored.reports.failures.front().code != ErrorCode::DiskFull) return 3;
        if (stored.store.isDurable() || stored.project.lastRun() != run) return 4;

        stored.store.saveAs(folder / "full/again.finebrush");
        if (!stored.reports.waitFor([&] { return stored.reports.saved.size() == 1; })) return 5;
        if (stored.reports.saved.back() || stored.reports.saved.back().error().code != ErrorCode::DiskFull)
            return 6;
        if (std::filesystem::exists(folder / "full/again.finebrush")) return 7;
        stored.store.saveAs(folder / "elsewhere.finebrush");
        if (!stored.reports.waitFor([&] { return stored.reports.saved.size() == 2; })) return 8;
        if (!stored.reports.saved.back() || !stored.store.isDurable()) return 9;
    }
    if (readFile(path).value() != bytesBefore) return 10;
    if (reopened(path) != before) return 11;
    return reopened(folder / "elsewhere.finebrush") == expected ? 0 : 12;
}

TEST(ProjectStore, AFullDiskLeavesTheFileAndTheWorkIntact) {
    const TemporaryFolder folder;
    const int status = testing::inChild([&] { return fillSmallDisk(folder); });
    if (status == testing::kNoSmallDisk)
        GTEST_SKIP() << "NOT TESTED: this system lets no test mount a small disk";
    EXPECT_EQ(status, 0);
}

/// Works on while no file may grow; 0 where all is as it should be, or the number of what is not.
int paintWhereNoFileMayGrow(const TemporaryFolder& folder) {
    const std::filesystem::path path = folder / "p.finebrush";
    {
        StoredProject stored(path);
        stored.addImageAndPaint(20);
    }
    const auto before = readFile(path).value();
    OpenedProject opened(path);
    Reports& reports = opened.reports;
    struct rlimit limit {
        0, RLIM_INFINITY
    };
    std::signal(SIGXFSZ, SIG_IGN);
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 7;
    opened.project.addClass("after the disk refused");
    if (!reports.waitFor([&] { return !reports.failures.empty(); })) return 2;
    const ErrorCode code = reports.failures.front().code;  // SQLite does not always pass the reason on
    if (code != ErrorCode::DiskFull && code != ErrorCode::FileNotWritable) return 3;
    if (opened.store.isDurable() || readFile(path).value() != before) return 4;
    limit.rlim_cur = RLIM_INFINITY;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    opened.store.saveAs(folder / "elsewhere.finebrush");
    if (!reports.waitFor([&] { return reports.saved.size() == 1; })) return 5;
    if (!reports.saved.back() || !opened.store.isDurable()) return 6;
    return 0;
}

TEST(ProjectStore, ALimitOnFilesLeavesTheFileAndTheWorkIntact) {
    const TemporaryFolder folder;
    EXPECT_EQ(testing::inChild([&] { return paintWhereNoFileMayGrow(folder); }), 0);
}

/// Paints without end and writes the number of acknowledged strokes to a pipe.
[[noreturn]] void paintUntilKilled(const std::filesystem::path& path, int pipe) {
    Reports reports;
    ProjectDatabase::Opened opened = ProjectDatabase::open(path).value();
    ProjectStore store(std::move(opened.database), reports.events());
    Project project(std::move(opened.contents),
                    [&](ProjectWrites writes) { store.enqueue(std::move(writes)); });
    const ImageId image = project.images().front().record.id;
    // Each stroke paints the next pixel, so that the labels tell how many strokes there are.
    for (int stroke = static_cast<int>(project.images().front().labelledPixels());; ++stroke) {
        project.beginStroke(image, 1, 1, {stroke % 400 + 0.5, stroke / 400 + 0.5});
        project.finishPainting();
        if (stroke % 3 != 0) continue;  // strokes also come while others are being written
        while (!store.isDurable()) std::this_thread::yield();
        const int acknowledged = stroke + 1;
        if (::write(pipe, &acknowledged, sizeof acknowledged) != sizeof acknowledged) ::_exit(1);
    }
}

/// A few in the quick tests; the slow one asks for many.
int killRounds() {
    const char* rounds = std::getenv("FINEBRUSH_KILL_ROUNDS");
    return rounds ? std::atoi(rounds) : 20;
}

TEST(ProjectStore, EveryAcknowledgedStrokeSurvivesAKill) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "p.finebrush";
    {
        StoredProject stored(path);
        stored.project.addImage(testing::makeRecord({400, 300}));
    }
    std::mt19937 random(99);
    int acknowledged = 0;
    for (int round = 0; round < killRounds(); ++round) {
        int ends[2];
        ASSERT_EQ(::pipe(ends), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            paintUntilKilled(path, ends[1]);
        }
        ::close(ends[1]);
        int number = 0;
        ASSERT_EQ(::read(ends[0], &number, sizeof number), static_cast<ssize_t>(sizeof number));
        ::usleep(random() % 40000);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        acknowledged = std::max(acknowledged, number);
        while (::read(ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number))
            acknowledged = number;
        ::close(ends[0]);

        Result<ProjectDatabase::Opened> opened = ProjectDatabase::open(path);
        ASSERT_TRUE(opened.has_value()) << describe(opened.error());
        Project project(std::move(opened->contents), [](const ProjectWrites&) {});
        const int64_t found = project.images().front().labelledPixels();
        ASSERT_GE(found, acknowledged) << "round " << round;
        ASSERT_LE(found, acknowledged + 4) << "round " << round;
        project.undo();
        EXPECT_EQ(project.images().front().labelledPixels(), found - 1);
    }
    EXPECT_GT(acknowledged, 2 * killRounds());
}

}  // namespace
}  // namespace finebrush

#include "core/project/project_store.h"

#include "tests/core/project/sample_project.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <functional>
#include <mutex>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

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
    explicit StoredProject(const std::filesystem::path& path, std::chrono::milliseconds retryDelay = 20ms)
        : store(path, reports.events(), retryDelay),
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

// ---- in a child process ----

/// Runs `child` in a process of its own and gives its exit status, or -1 where a signal ended it.
int inChild(const std::function<int()>& child) {
    const pid_t id = ::fork();
    if (id == 0) ::_exit(child());
    int status = -1;
    ::waitpid(id, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

constexpr int kNoSmallDisk = 77;

/// Puts a file system of 1 MiB at a folder, for this process and its end only.
bool mountSmallDisk(const std::filesystem::path& at) {
    std::filesystem::create_directories(at);
    const uid_t user = ::geteuid();
    if (::unshare(CLONE_NEWNS | (user == 0 ? 0 : CLONE_NEWUSER)) != 0) return false;
    if (user != 0) std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
    return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
           ::mount("tmpfs", at.c_str(), "tmpfs", 0, "size=1m") == 0;
}

/// Fills a small disk with a project; 0 where all is as it should be, or the number of what is not.
int fillSmallDisk(const TemporaryFolder& folder) {
    if (!mountSmallDisk(folder / "full")) return kNoSmallDisk;
    const std::filesystem::path path = folder / "full/p.finebrush";
    testing::ProjectView before, expected;
    {
        StoredProject stored(path);
        stored.addImageAndPaint(20);
        if (!stored.reports.waitFor([&] { return stored.store.isDurable(); })) return 1;
        before = viewOf(stored.project);

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
    if (reopened(path) != before) return 10;
    return reopened(folder / "elsewhere.finebrush") == expected ? 0 : 11;
}

TEST(ProjectStore, AFullDiskLeavesTheFileAndTheWorkIntact) {
    const TemporaryFolder folder;
    const int status = inChild([&] { return fillSmallDisk(folder); });
    if (status == kNoSmallDisk) GTEST_SKIP() << "NOT TESTED: this system lets no test mount a small disk";
    EXPECT_EQ(status, 0);
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
    for (int stroke = static_cast<int>(project.images().front().labelledPixels);; ++stroke) {
        project.beginStroke(image, 1, 1, {stroke % 400 + 0.5, stroke / 400 + 0.5});
        project.finishPainting();
        if (stroke % 3 != 0) continue;  // strokes also come while others are being written
        while (!store.isDurable()) std::this_thread::yield();
        const int acknowledged = stroke + 1;
        if (::write(pipe, &acknowledged, sizeof acknowledged) != sizeof acknowledged) ::_exit(1);
    }
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
    for (int round = 0; round < 30; ++round) {
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
        const int64_t found = project.images().front().labelledPixels;
        ASSERT_GE(found, acknowledged) << "round " << round;
        ASSERT_LE(found, acknowledged + 4) << "round " << round;
        project.undo();
        EXPECT_EQ(project.images().front().labelledPixels, found - 1);
    }
    EXPECT_GT(acknowledged, 60);
}

}  // namespace
}  // namespace finebrush

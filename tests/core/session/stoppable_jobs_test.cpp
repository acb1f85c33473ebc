#include "core/session/stoppable_jobs.h"

#include "tests/core/session/session_fixture.h"

#include <gmock/gmock.h>

#include <latch>
#include <thread>

namespace finebrush {
namespace {

using ::testing::ElementsAre;
using Kind = StoppableJobs::Kind;

class StoppableJobsTest : public ::testing::Test {
  protected:
    /// Queues a job that goes on until it is asked to stop.
    void runUntilStopped(Worker& on, Kind kind) {
        jobs.run<int>(
            on, kind,
            [](const std::stop_token& stop) -> Result<int> {
                while (!stop.stop_requested()) std::this_thread::yield();
                return 1;
            },
            [this](const Result<int>&, bool wasStopped) { stopped.push_back(wasStopped); });
    }

    testing::ManualQueue queue;
    std::vector<FileWork> said;
    std::vector<bool> stopped;
    StoppableJobs jobs{[this](const SessionEvent& event) { said.push_back(std::get<FileWork>(event)); }};
    Worker worker{queue.post()};
    Worker other{queue.post()};
};

TEST_F(StoppableJobsTest, ThatAreStoppedComeToTheirEndAndThoseThatWaitAsWell) {
    runUntilStopped(worker, Kind::Export);
    runUntilStopped(worker, Kind::Export);
    runUntilStopped(other, Kind::Import);
    jobs.stop();
    ASSERT_TRUE(queue.runUntil([this] { return stopped.size() == 2; }));
    EXPECT_EQ(said.back(), (FileWork{false, true})) << "the import goes on";
    jobs.stop();
    ASSERT_TRUE(queue.runUntil([this] { return stopped.size() == 3; }));
    EXPECT_THAT(stopped, ElementsAre(true, true, true));
    EXPECT_THAT(said,
                ElementsAre(FileWork{true, false}, FileWork{true, true}, FileWork{false, true}, FileWork{}));
}

TEST_F(StoppableJobsTest, AStopIsNotForThoseThatComeLater) {
    runUntilStopped(worker, Kind::Export);
    jobs.stop();
    jobs.run<int>(
        worker, Kind::Export,
        [](const std::stop_token& stop) -> Result<int> { return stop.stop_requested() ? 1 : 0; },
        [this](const Result<int>& outcome, bool wasStopped) {
            EXPECT_EQ(outcome, 0);
            stopped.push_back(wasStopped);
        });
    ASSERT_TRUE(queue.runUntil([this] { return stopped.size() == 2; }));
    EXPECT_THAT(stopped, ElementsAre(true, false));
}

TEST_F(StoppableJobsTest, EndingTheWorkerStopsThemToo) {
    std::latch started(1);
    bool isDone = false;
    {
        Worker ending(queue.post());
        jobs.run<int>(
            ending, Kind::Export,
            [&](const std::stop_token& stop) -> Result<int> {
                started.count_down();
                while (!stop.stop_requested()) std::this_thread::yield();
                return 1;
            },
            [&](const Result<int>&, bool) { isDone = true; });
        started.wait();
    }
    queue.runPosted();
    EXPECT_FALSE(isDone);
}

}  // namespace
}  // namespace finebrush

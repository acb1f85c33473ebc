#include "core/session/worker.h"

#include "tests/core/session/session_fixture.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>

namespace finebrush {
namespace {

using testing::ManualQueue;

TEST(Worker, RunsJobsInOrderAndHandsOutcomesOverOnTheOwnersThread) {
    ManualQueue queue;
    Worker worker(queue.post());
    std::vector<int> outcomes;
    const auto owner = std::this_thread::get_id();
    for (int i = 0; i < 50; ++i) {
        worker.run<int>(
            [i, owner](const std::stop_token&) -> Result<int> {
                EXPECT_NE(std::this_thread::get_id(), owner);
                return i;
            },
            [&](Result<int> outcome) {
                EXPECT_EQ(std::this_thread::get_id(), owner);
                outcomes.push_back(*outcome);
            });
    }
    ASSERT_TRUE(queue.runUntil([&] { return outcomes.size() == 50; }));
    for (int i = 0; i < 50; ++i) EXPECT_EQ(outcomes[static_cast<size_t>(i)], i);
}

TEST(Worker, NothingIsHandedOverUntilTheOwnerAsksForIt) {
    ManualQueue queue;
    Worker worker(queue.post());
    std::latch ran(1);
    bool isDone = false;
    worker.run<int>(
        [&](const std::stop_token&) -> Result<int> {
            ran.count_down();
            return 1;
        },
        [&](const Result<int>&) { isDone = true; });
    ran.wait();
    EXPECT_FALSE(isDone);
    EXPECT_TRUE(queue.runUntil([&] { return isDone; }));
}

TEST(Worker, AnExceptionBecomesAnError) {
    ManualQueue queue;
    Worker worker(queue.post());
    std::vector<Error> errors;
    const auto keep = [&](const Result<int>& outcome) { errors.push_back(outcome.error()); };
    worker.run<int>([](const std::stop_token&) -> Result<int> { throw std::runtime_error("broken"); }, keep);
    worker.run<int>([](const std::stop_token&) -> Result<int> { throw std::bad_alloc(); }, keep);
    worker.run<int>([](const std::stop_token&) -> Result<int> { throw 3; }, keep);
    ASSERT_TRUE(queue.runUntil([&] { return errors.size() == 3; }));
    EXPECT_EQ(errors[0], (Error{ErrorCode::Internal, {"broken"}, {}}));
    EXPECT_EQ(errors[1].code, ErrorCode::OutOfMemory);
    EXPECT_EQ(errors[2].code, ErrorCode::Internal);
}

TEST(Worker, EndingAsksTheJobToStopAndDropsTheRest) {
    ManualQueue queue;
    std::atomic<bool> sawStop = false, ranNext = false;
    bool isDone = false;
    std::latch started(1);
    {
        Worker worker(queue.post());
        worker.run<int>(
            [&](const std::stop_token& stop) -> Result<int> {
                started.count_down();
                while (!stop.stop_requested()) std::this_thread::yield();
                sawStop = true;
                return 1;
            },
            [&](const Result<int>&) { isDone = true; });
        worker.run<int>(
            [&](const std::stop_token&) -> Result<int> {
                ranNext = true;
                return 1;
            },
            [&](const Result<int>&) { isDone = true; });
        started.wait();
    }
    queue.runPosted();
    EXPECT_TRUE(sawStop);
    EXPECT_FALSE(ranNext);
    EXPECT_FALSE(isDone);
}

TEST(OwnerThread, APosterMayOutliveItsOwner) {
    ManualQueue queue;
    OwnerThread::Post poster;
    bool ran = false;
    {
        const OwnerThread owner(queue.post());
        poster = owner.poster();
        owner.post([&] { ran = true; });
    }
    poster([&] { ran = true; });
    queue.runPosted();
    EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace finebrush

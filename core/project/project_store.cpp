#include "core/project/project_store.h"

#include "core/base/files.h"
#include "core/base/log.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace finebrush {

namespace {

/// True for what later writes build on: the journal has no gaps.
bool isOfJournal(const ProjectWrites& writes) {
    return std::ranges::any_of(writes, [](const ProjectWrite& write) {
        return std::holds_alternative<EditWrite>(write) || std::holds_alternative<EditUndoneWrite>(write);
    });
}

}  // namespace

ProjectStore::ProjectStore(ProjectDatabase database, Events events, std::chrono::milliseconds retryDelay,
                           int pagesPerSlice)
    : path_(database.path()),
      events_(std::move(events)),
      retryDelay_(retryDelay),
      pagesPerSlice_(pagesPerSlice),
      database_(std::move(database)),
      writer_([this](const std::stop_token& stop) { run(stop); }) {}

ProjectStore::ProjectStore(std::filesystem::path path, Events events, std::chrono::milliseconds retryDelay,
                           int pagesPerSlice)
    : path_(std::move(path)),
      events_(std::move(events)),
      retryDelay_(retryDelay),
      pagesPerSlice_(pagesPerSlice),
      writer_([this](const std::stop_token& stop) { run(stop); }) {}

ProjectStore::~ProjectStore() {
    writer_.request_stop();
    {
        const std::lock_guard lock(mutex_);
        wakeWriter();
    }
    writer_.join();
}

void ProjectStore::enqueue(ProjectWrites writes) {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(writes));
    ++uncommitted_;
    wakeWriter();
}

void ProjectStore::saveAs(std::filesystem::path target) {
    const std::lock_guard lock(mutex_);
    copyTarget_ = std::move(target);
    wakeWriter();
}

void ProjectStore::wakeWriter() {
    if (isChecking_) database_->interruptCheck();
    wake_.notify_one();
}

void ProjectStore::saveNow() {
    const std::lock_guard lock(mutex_);
    isSaveWanted_ = true;
    wakeWriter();
}

void ProjectStore::readOlder(int64_t first, int64_t last, std::function<void(Result<EditList>)> done) {
    const std::lock_guard lock(mutex_);
    reading_ = [this, first, last, done = std::move(done)] {
        done(database_ ? database_->edits(first, last) : failure(ErrorCode::FileNotReadable, {utf8(path_)}));
    };
    wakeWriter();
}

void ProjectStore::read(std::function<void(ProjectDatabase*)> task) {
    const std::lock_guard lock(mutex_);
    reads_.push_back(std::move(task));
    wakeWriter();
}

bool ProjectStore::isDurable() const {
    const std::lock_guard lock(mutex_);
    return uncommitted_ == 0;
}

std::optional<Error> ProjectStore::problem() const {
    const std::lock_guard lock(mutex_);
    return problem_;
}

void ProjectStore::run(const std::stop_token& stop) {
    // The last round comes after the wish to stop, so that it sees all that was queued before.
    for (bool isLast = false; !isLast || copy_;) {
        isLast = stop.stop_requested() && !copy_;
        std::optional<std::filesystem::path> copyTarget;
        std::function<void()> reading;
        bool isSaveWanted = false;
        std::vector<std::function<void(ProjectDatabase*)>> reads;
        {
            std::unique_lock lock(mutex_);
            collect(lock, stop);
            if (!copy_) copyTarget = std::exchange(copyTarget_, std::nullopt);
            reading = std::exchange(reading_, nullptr);
            isSaveWanted = std::exchange(isSaveWanted_, false);
            reads = std::exchange(reads_, {});
        }
        if (reading) reading();
        // An attempt that fails makes a copy begin anew, which has all that is pending in any case.
        if (!copy_ || isSaveWanted || !problem()) commit();
        for (const auto& read : reads) read(database_ ? &*database_ : nullptr);
        if (isSaveWanted) tellSaved();
        if (copyTarget && !isDamaged_) beginCopy(*copyTarget);
        if (copy_) goOnCopying();
        if (!isLast && !copy_ && !isFileChecked() && pending_.empty()) checkFile(stop);
    }
}

void ProjectStore::collect(std::unique_lock<std::mutex>& lock, const std::stop_token& stop) {
    const auto hasWork = [this] { return this->hasWork(); };
    if (copy_) {
        // It waits for nothing but its next slice.
    } else if (problem_) {
        wake_.wait_for(lock, stop, retryDelay_, hasWork);
    } else if (!isFileChecked()) {
        wake_.wait_for(lock, stop, kIdleBeforeCheck, hasWork);
    } else {
        wake_.wait(lock, stop, hasWork);
    }
    std::ranges::move(queue_, std::back_inserter(pending_));
    queue_.clear();
}

void ProjectStore::checkFile(const std::stop_token& stop) {
    {
        const std::lock_guard lock(mutex_);
        if (hasWork() || stop.stop_requested()) return;
        isChecking_ = true;
    }
    const Result<bool> checked = database_->check();
    {
        const std::lock_guard lock(mutex_);
        isChecking_ = false;
    }
    if (!checked) reportDamage(checked.error());
}

void ProjectStore::reportDamage(const Error& error) {
    isDamaged_ = true;
    {
        const std::lock_guard lock(mutex_);
        problem_ = error;
    }
    logWarning("project: " + describe(error));
    events_.damaged(error);
}

void ProjectStore::commit() {
    if (pending_.empty() || isDamaged_) return;
    Result<void> committed = openDatabase();
    if (committed) committed = database_->write(pending_);
    if (committed) {
        std::vector<ProjectWrites> written = std::exchange(pending_, {});
        for (ProjectWrites& each : written) {
            if (copy_) copy_->committed(std::move(each));
        }
        settle(written.size());
    } else if (committed.error().code == ErrorCode::Internal) {
        commitOneByOne();
    } else if (committed.error().code == ErrorCode::ProjectMalformed) {
        reportDamage(committed.error());
    } else {
        reportFirst(committed.error());
    }
}

Result<void> ProjectStore::openDatabase() {
    if (database_) return {};
    Result<ProjectDatabase> created = ProjectDatabase::create(path_);
    if (!created) return failure(created.error());
    database_ = std::move(*created);
    return {};
}

/// Goes as far as it can in order, and leaves out what can be stored nowhere.
void ProjectStore::commitOneByOne() {
    size_t done = 0;
    for (; done < pending_.size(); ++done) {
        const Result<void> written = database_->write(std::span(&pending_[done], 1));
        if (written && copy_) copy_->committed(pending_[done]);
        if (written) continue;
        if (written.error().code != ErrorCode::Internal || isOfJournal(pending_[done])) {
            reportFirst(written.error());
            break;
        }
        events_.failed(written.error());
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(done));
    settle(done);
}

void ProjectStore::reportFirst(const Error& error) {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(problem_, error)) return;
    }
    logWarning("project: " + describe(error));
    events_.failed(error);
}

void ProjectStore::beginCopy(const std::filesystem::path& target) {
    auto begun = ProjectCopy::begin(database_ ? &*database_ : nullptr, target, pagesPerSlice_);
    if (!begun) return events_.savedAs(failure(begun.error()));
    copy_ = std::move(*begun);
}

void ProjectStore::goOnCopying() {
    if (isDamaged_) return copy_.reset();
    const Result<bool> isWhole = copy_->step();
    if (isWhole && !*isWhole) return;
    const std::unique_ptr<ProjectCopy> copy = std::exchange(copy_, nullptr);
    if (!isWhole) return events_.savedAs(failure(isWhole.error()));
    Result<ProjectDatabase> made = copy->finish(pending_);
    if (!made) return events_.savedAs(failure(made.error()));
    database_ = std::move(*made);
    path_ = copy->target();
    settle(std::exchange(pending_, {}).size());
    events_.savedAs(path_);
}

void ProjectStore::tellSaved() {
    if (pending_.empty()) {
        events_.savedAs(path_);
    } else {
        events_.savedAs(failure(problem().value_or(Error{ErrorCode::FileNotWritable, {utf8(path_)}, {}})));
    }
}

void ProjectStore::settle(size_t count) {
    bool isDurable = false;
    {
        const std::lock_guard lock(mutex_);
        if (pending_.empty()) problem_.reset();
        uncommitted_ -= count;
        isDurable = uncommitted_ == 0;
    }
    if (isDurable) events_.durable();
}

}  // namespace finebrush

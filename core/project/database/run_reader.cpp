#include "core/project/database/run_reader.h"

#include "core/messages/codec.h"
#include "core/project/database/blob.h"
#include "core/project/database/journal_reader.h"

#include <span>
#include <utility>
#include <vector>

namespace finebrush {

namespace {

void require(bool condition, const char* reason) {
    if (!condition) throw MalformedProject(reason);
}

/// The messages of a stream of frames that are of one kind.
template <typename Message, typename AnyMessage>
std::vector<Message> readFrames(std::span<const uint8_t> bytes,
                                Result<AnyMessage> (*decode)(std::span<const uint8_t>)) {
    messages::FrameReader reader;
    reader.append(bytes);
    std::vector<Message> found;
    while (true) {
        auto body = reader.next();
        if (!body) throw MalformedProject(describe(body.error()));
        if (!*body) return found;
        Result<AnyMessage> message = decode(**body);
        if (!message) throw MalformedProject(describe(message.error()));
        Message* wanted = std::get_if<Message>(&*message);
        require(wanted, "a run holds a message of another kind");
        found.push_back(std::move(*wanted));
    }
}

}  // namespace

AdaptationRun runFrom(SQLite::Statement& row, int column, RunMetrics metrics) {
    auto requests = readFrames<messages::Adapt>(blobOf(row.getColumn(column)), &messages::decodeToEngine);
    auto outcomes =
        readFrames<messages::Adapted>(blobOf(row.getColumn(column + 2)), &messages::decodeFromEngine);
    require(requests.size() == 1 && outcomes.size() == 1, "a run is incomplete");
    AdaptationRun run{std::move(requests.front().settings),
                      std::move(requests.front().classes),
                      {},
                      std::move(outcomes.front()),
                      row.getColumn(column + 3).getInt64()};
    if (metrics == RunMetrics::Read) {
        run.metrics =
            readFrames<messages::StepMetrics>(blobOf(row.getColumn(column + 1)), &messages::decodeFromEngine);
    }
    return run;
}

AdaptationRun readEarlierRun(SQLite::Database& database, int64_t number) {
    SQLite::Statement row(database,
                          "SELECT request, metrics, outcome, finished_at FROM runs WHERE number = ?");
    row.bind(1, number);
    require(row.executeStep(), "a run is gone");
    AdaptationRun run = runFrom(row, 0, RunMetrics::Read);
    SQLite::Statement file(database, "SELECT name, content FROM earlier_adapter_files WHERE run = ?");
    file.bind(1, number);
    while (file.executeStep()) {
        const std::span<const uint8_t> content = blobOf(file.getColumn(1));
        run.outcome.adapter[file.getColumn(0).getString()].assign(content.begin(), content.end());
    }
    return run;
}

}  // namespace finebrush

#include "ui/bridge/engine_log.h"

namespace finebrush {

void EngineLog::append(const QByteArray& bytes) {
    unfinished_ += bytes;
    QList<QByteArray> lines = unfinished_.split('\n');
    unfinished_ = lines.takeLast().right(kMaxLineBytes);
    for (const QByteArray& line : lines) lines_.append(QString::fromUtf8(line));
    if (lines_.size() > kMaxLines) lines_ = lines_.mid(lines_.size() - kMaxLines);
}

}  // namespace finebrush

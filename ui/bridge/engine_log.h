#pragma once

#include <QObject>
#include <QStringList>

namespace finebrush {

/// The last lines that engines wrote to their standard error: what *Details* shows.
class EngineLog : public QObject {
    Q_OBJECT

  public:
    static constexpr int kMaxLines = 200;
    static constexpr int kMaxLineBytes = 4096;  ///< the end of a longer one that has no line feed yet

    explicit EngineLog(QObject* parent = nullptr) : QObject(parent) {}

    /// Adds UTF-8 bytes as they come; a line is complete with its line feed.
    void append(const QByteArray& bytes);
    QString text() const { return lines_.join(QLatin1Char('\n')); }

  private:
    QByteArray unfinished_;
    QStringList lines_;
};

}  // namespace finebrush

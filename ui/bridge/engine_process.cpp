#include "ui/bridge/engine_process.h"

#include "ui/bridge/engine_log.h"

#include <QCoreApplication>
#include <QDir>

namespace finebrush {

namespace {

/// How an engine that ended did so, for the error's sentence.
QString describeEnd(int exitCode, QProcess::ExitStatus status) {
    if (status == QProcess::CrashExit) {
        return QCoreApplication::translate("finebrush::EngineProcess", "ended by signal %1").arg(exitCode);
    }
    return QCoreApplication::translate("finebrush::EngineProcess", "exit status %1").arg(exitCode);
}

}  // namespace

Result<std::unique_ptr<EngineTransport>> EngineProcess::launch(const QStringList& command, Events events,
                                                               EngineLog& log) {
    if (command.isEmpty()) return failure(ErrorCode::EngineNotStarted, {""});
    return std::unique_ptr<EngineTransport>(new EngineProcess(command, std::move(events), log));
}

EngineProcess::EngineProcess(const QStringList& command, Events events, EngineLog& log)
    : process_(new QProcess), events_(std::move(events)) {
    // All queued: an engine does not end before its maker has it, and an event may destroy this object.
    const auto listen = [this](auto signal, auto handler) {
        QObject::connect(process_, signal, &context_, handler, Qt::QueuedConnection);
    };
    listen(&QProcess::readyReadStandardOutput, [this] { forwardOutput(); });
    listen(&QProcess::readyReadStandardError, [this, &log] { log.append(process_->readAllStandardError()); });
    listen(&QProcess::finished,
           [this](int exitCode, QProcess::ExitStatus status) { reportEnd(describeEnd(exitCode, status)); });
    listen(&QProcess::errorOccurred, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) reportEnd(process_->errorString());
    });
    process_->start(command.first(), command.mid(1));
}

EngineProcess::~EngineProcess() {
    kill();
    if (process_->state() == QProcess::NotRunning) {
        delete process_;
        return;
    }
    // It is reaped by the event loop, or, at the window's end, by the parent.
    process_->setParent(QCoreApplication::instance());
    QObject::connect(process_, &QProcess::finished, process_, &QObject::deleteLater);
}

void EngineProcess::forwardOutput() {
    const QByteArray bytes = process_->readAllStandardOutput();
    if (ended_ || bytes.isEmpty()) return;
    const auto received = events_.received;  // outlives this object, should the event destroy it
    received({reinterpret_cast<const uint8_t*>(bytes.constData()), static_cast<size_t>(bytes.size())});
}

void EngineProcess::reportEnd(const QString& reason) {
    if (ended_) return;
    ended_ = true;
    const auto ended = events_.ended;
    ended(reason.toStdString());
}

void EngineProcess::send(std::vector<uint8_t> bytes) {
    process_->write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

void EngineProcess::kill() {
    ended_ = true;
    process_->kill();
}

QStringList engineCommand(const QString& fromPreferences) {
    if (!fromPreferences.trimmed().isEmpty()) return QProcess::splitCommand(fromPreferences);
    return {QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("finebrush-engine")),
            QStringLiteral("serve")};
}

}  // namespace finebrush

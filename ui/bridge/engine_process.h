#pragma once

#include "core/session/engine/engine_transport.h"

#include <QProcess>
#include <QStringList>

namespace finebrush {

class EngineLog;

/// An engine as a child process of the window: frames over its standard input and output, its log from
/// standard error. Never blocks; everything happens on the thread of its maker, by that thread's event loop.
class EngineProcess : public EngineTransport {
  public:
    /// Starts `command` (program and arguments). `log` must outlive the process. Errors: EngineNotStarted
    /// where the command is empty; a program that cannot be started is reported through `ended`.
    static Result<std::unique_ptr<EngineTransport>> launch(const QStringList& command, Events events,
                                                           EngineLog& log);

    ~EngineProcess() override;
    void send(std::vector<uint8_t> bytes) override;
    void kill() override;

  private:
    EngineProcess(const QStringList& command, Events events, EngineLog& log);
    void forwardOutput();
    void reportEnd(const QString& reason);

    QProcess* process_;  ///< lives on until the engine it killed has ended
    QObject context_;    ///< of what it says, for as long as this object is there
    Events events_;
    bool ended_ = false;
};

/// The words of the command that starts an engine: what the person wrote (words may be quoted), or, where
/// that is empty, `finebrush-engine serve` beside this program.
QStringList engineCommand(const QString& fromPreferences);

}  // namespace finebrush

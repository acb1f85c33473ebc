#pragma once

#include <QString>

namespace finebrush {

/// A time for people, in the language of the window: "8 s", "2 min 5 s", "1 h 12 min".
QString durationText(double seconds);

/// The same of a guess: whole minutes from two on, else whole tens of seconds: "6 min", "1 min 30 s".
QString roughDurationText(double seconds);

/// "80 %", as the language of the window sets it.
QString percentText(double percent);

}  // namespace finebrush

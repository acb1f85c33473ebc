#pragma once

#include <QString>

namespace finebrush {

/// A time for people, in the language of the window: "8 s", "2 min 5 s", "1 h 12 min".
QString durationText(double seconds);

/// "80 %", as the language of the window sets it.
QString percentText(double percent);

}  // namespace finebrush

#pragma once

#include <cpl_error.h>
#include <string>
#include <vector>

namespace finebrush {

/// Registers the few GDAL drivers that images of a user may meet and sets the options that keep GDAL from
/// touching any file but the one it is given. Once a process; later calls cost nothing. Any thread.
void prepareGdal();

/// The same with the drivers of vector files: GeoJSON, GeoPackage, Shapefile, and one in memory.
void prepareVectorDrivers();

/// Collects what GDAL reports on this thread while the object lives, so that nothing is printed and a failure
/// that GDAL's return codes hide is still seen. Objects nest; the innermost one receives.
class GdalMessages {
  public:
    GdalMessages();
    ~GdalMessages();
    GdalMessages(const GdalMessages&) = delete;
    GdalMessages& operator=(const GdalMessages&) = delete;

    /// True when neither an error nor a warning was reported.
    bool isEmpty() const { return messages_.empty(); }
    /// The first few messages, joined by "; ".
    std::string text() const;

  private:
    static void receive(CPLErr severity, CPLErrorNum number, const char* message);

    std::vector<std::string> messages_;
};

}  // namespace finebrush

#include "core/image/raster/gdal_environment.h"

#include "core/base/log.h"

#include <gdal.h>
#include <gdal_frmts.h>

#include <cpl_conv.h>
#include <ogr_srs_api.h>
#include <ogrsf_frmts.h>

namespace finebrush {

namespace {

constexpr size_t kMaxMessages = 2;
constexpr GIntBig kBlockCacheBytes = GIntBig{256} << 20;

/// Receives what GDAL reports on threads of its own, which no collector sees.
void logMessage(CPLErr, CPLErrorNum, const char* message) {
    logDebug(std::string("GDAL: ") + message);
}

bool prepare() {
    CPLSetErrorHandler(logMessage);
    // No side-car file is written beside a user's image, and none is looked for.
    CPLSetConfigOption("GDAL_PAM_ENABLED", "NO");
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "EMPTY_DIR");
    // Damage is never passed over: without these a truncated JPEG or TIFF reads as half a picture.
    CPLSetConfigOption("GDAL_ERROR_ON_LIBJPEG_WARNING", "YES");
    CPLSetConfigOption("GTIFF_IGNORE_READ_ERRORS", "NO");
    OSRSetPROJEnableNetwork(0);  // whatever the environment says
    GDALSetCacheMax64(kBlockCacheBytes);

    // Each driver more is an attack surface: with all of them a text file named .tif can read any file or
    // open a socket.
    GDALRegister_GTiff();
    GDALRegister_PNG();
    GDALRegister_JPEG();
    GDALRegister_JP2OpenJPEG();
    GDALRegister_BMP();
    GDALRegister_MEM();
    return true;
}

}  // namespace

void prepareGdal() {
    [[maybe_unused]] static const bool prepared = prepare();
}

void prepareVectorDrivers() {
    prepareGdal();
    [[maybe_unused]] static const bool prepared = [] {
        RegisterOGRGeoJSON();
        RegisterOGRGeoPackage();
        RegisterOGRShape();
        RegisterOGRMEM();
        return true;
    }();
}

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(&GdalMessages::receive, this);
}

GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
}

void GdalMessages::receive(CPLErr severity, CPLErrorNum, const char* message) {
    auto* self = static_cast<GdalMessages*>(CPLGetErrorHandlerUserData());
    if (severity == CE_None || severity == CE_Debug) return;
    if (self->messages_.size() < kMaxMessages) self->messages_.emplace_back(message);
}

std::string GdalMessages::text() const {
    std::string joined;
    for (const std::string& message : messages_) {
        if (!joined.empty()) joined += "; ";
        joined += message;
    }
    return joined;
}

}  // namespace finebrush

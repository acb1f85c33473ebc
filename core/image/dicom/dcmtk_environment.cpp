#include "core/image/dicom/dcmtk_environment.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcobject.h>
#include <dcmtk/dcmdata/dcvr.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/dcmjpls/djdecode.h>
#include <dcmtk/oflog/oflog.h>

namespace finebrush::dicom {

namespace {

bool prepare() {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    // Elements that a relay did not know, and stored without their type, are looked up in the dictionary.
    dcmEnableUnknownVRConversion.set(OFTrue);
    // Some writers leave the types out although the transfer syntax promises them.
    dcmAcceptUnexpectedImplicitEncoding.set(OFTrue);
    DJDecoderRegistration::registerCodecs(EDC_never, EUC_never, EPC_colorByPixel);
    DJLSDecoderRegistration::registerCodecs(EJLSUC_never, EJLSPC_colorByPixel);
    return true;
}

}  // namespace

void prepareDcmtk() {
    [[maybe_unused]] static const bool prepared = prepare();
}

}  // namespace finebrush::dicom

# Finds the parts of DCMTK that read DICOM files: the data dictionary and parser, and the JPEG and JPEG-LS decoders;
# and those that write segmentation objects.
# (Debian's pkg-config file asks for libraries that are not there, and CMake's own module links all of DCMTK.)
set(_dcmtk_parts dcmseg dcmfg dcmiod dcmjpls dcmjpeg dcmdata oflog ofstd)
find_path(Dcmtk_INCLUDE_DIR dcmtk/dcmdata/dctk.h)
set(_dcmtk_variables Dcmtk_INCLUDE_DIR)
foreach(_part ${_dcmtk_parts})
    find_library(Dcmtk_${_part} ${_part})
    list(APPEND _dcmtk_variables Dcmtk_${_part})
endforeach()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Dcmtk
    REQUIRED_VARS ${_dcmtk_variables}
    REASON_FAILURE_MESSAGE "Run packaging/setup.sh first, or install libdcmtk-dev.")

if(Dcmtk_FOUND AND NOT TARGET Dcmtk::Decoders)
    add_library(Dcmtk::Decoders INTERFACE IMPORTED)
    target_include_directories(Dcmtk::Decoders SYSTEM INTERFACE ${Dcmtk_INCLUDE_DIR})
    foreach(_part ${_dcmtk_parts})
        target_link_libraries(Dcmtk::Decoders INTERFACE ${Dcmtk_${_part}})
    endforeach()
endif()
mark_as_advanced(${_dcmtk_variables})

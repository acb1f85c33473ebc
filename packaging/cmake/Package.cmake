# `cpack --config build/release/CPackConfig.cmake` makes a Debian package that brings LibTorch for the CPU and LiteMedSAM
# along: the product never goes on the network. It packs what is built, and does not build the tests for it.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON)
include(GNUInstallDirs)
set(library_dir ${CMAKE_INSTALL_LIBDIR}/finebrush)
set(data_dir ${CMAKE_INSTALL_DATADIR}/finebrush)

install(TARGETS finebrush RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
if(FINEBRUSH_WITH_TORCH)
    # Of LibTorch and its companions only; the rest are Debian's, and become dependencies of the package.
    set_target_properties(finebrush-engine PROPERTIES INSTALL_RPATH $ORIGIN/../${library_dir})
    install(TARGETS finebrush-engine
        RUNTIME_DEPENDENCIES
            PRE_INCLUDE_REGEXES "^lib(torch_cpu|c10|gomp|cupti|cudart)\\.so"
            PRE_EXCLUDE_REGEXES "."
        RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
        LIBRARY DESTINATION ${library_dir})
    install(FILES ${CMAKE_SOURCE_DIR}/.deps/models/lite_medsam.pth DESTINATION ${data_dir}/models)
    file(GLOB licences ${CMAKE_SOURCE_DIR}/.deps/venv/lib/python3*/site-packages/torch-*.dist-info/licenses/LICENSE)
    install(FILES ${licences} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/finebrush RENAME libtorch-licence)
endif()
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/sample DESTINATION ${data_dir})
install(FILES ${CMAKE_SOURCE_DIR}/packaging/finebrush.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${CMAKE_SOURCE_DIR}/resources/icons/finebrush.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/finebrush RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGE_CONTACT "The Finebrush authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Adapts Segment Anything to a few painted strokes")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_INSTALL_PREFIX}/${library_dir})
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-translations-l10n, fonts-noto-cjk")
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
include(CPack)

//! A file system for SQLite that hands everything to the usual one and writes it into the log.
//!
//! Every `unsafe` here is the C interface of SQLite (<https://sqlite.org/vfs.html>): SQLite
//! promises that a file's memory is `szOsFile` bytes, that it is used between `xOpen` and `xClose`
//! only, and that names are NUL-terminated.

use std::ffi::{CStr, CString, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::PathBuf;
use std::ptr;
use std::sync::Arc;

use rusqlite::ffi;

use crate::log::Log;

/// What the file system knows: the usual one and the log. Leaked, as SQLite keeps file systems
/// until the process ends.
struct Watch {
    usual: *mut ffi::sqlite3_vfs,
    log: Arc<Log>,
}

/// One open file; the usual file system's own file follows it in memory.
#[repr(C)]
struct WatchedFile {
    base: ffi::sqlite3_file,
    watch: *const Watch,
    /// Null for temporary files, which nobody misses after a power loss.
    path: *mut PathBuf,
}

/// Registers a file system under a name, to be given to SQLite when opening.
///
/// # Panics
///
/// When SQLite refuses, or there is no usual file system.
pub fn register(name: &str, log: Arc<Log>) {
    let name = CString::new(name).expect("a name without NUL").into_raw();
    // SAFETY: a null name asks for the default file system, which lives as long as the process.
    let usual = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
    assert!(!usual.is_null(), "SQLite has a usual file system");
    let watch = Box::into_raw(Box::new(Watch { usual, log }));
    // SAFETY: `usual` was just found to be there and is never changed by others.
    let mut vfs = unsafe { ptr::read(usual) };
    // Version 1 has none of the calls that would go around ours.
    vfs.iVersion = 1;
    vfs.szOsFile += c_int::try_from(size_of::<WatchedFile>()).expect("a small struct");
    vfs.pNext = ptr::null_mut();
    vfs.zName = name;
    vfs.pAppData = watch.cast();
    vfs.xOpen = Some(open);
    vfs.xDelete = Some(delete);
    vfs.xAccess = Some(access);
    vfs.xFullPathname = Some(full_path_name);
    // SAFETY: the structure is complete and leaked, so it outlives every use.
    let registered = unsafe { ffi::sqlite3_vfs_register(Box::into_raw(Box::new(vfs)), 0) };
    assert_eq!(registered, ffi::SQLITE_OK, "SQLite takes the file system");
}

/// # Safety
///
/// `vfs` is one that [`register`] made.
unsafe fn watch_of<'w>(vfs: *mut ffi::sqlite3_vfs) -> &'w Watch {
    // SAFETY: `register` put a leaked `Watch` there.
    unsafe { &*(*vfs).pAppData.cast::<Watch>() }
}

/// # Safety
///
/// `file` was opened by [`open`] and is not yet closed.
unsafe fn usual_file(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `szOsFile` made room for the usual file after ours.
    unsafe { file.cast::<WatchedFile>().add(1).cast() }
}

/// # Safety
///
/// `file` was opened by [`open`] and is not yet closed.
unsafe fn note(file: *mut ffi::sqlite3_file, note: impl FnOnce(&Log, &PathBuf)) {
    // SAFETY: `open` filled in both; the path lives until `close`.
    unsafe {
        let watched = &*file.cast::<WatchedFile>();
        if let Some(path) = watched.path.as_ref() {
            note(&(*watched.watch).log, path);
        }
    }
}

/// # Safety
///
/// `name` is a NUL-terminated string.
unsafe fn path(name: *const c_char) -> PathBuf {
    // SAFETY: as the caller promises.
    let name = unsafe { CStr::from_ptr(name) };
    PathBuf::from(OsStr::from_bytes(name.to_bytes()))
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives `szOsFile` bytes at `file`, and a name or null.
    unsafe {
        let watch = watch_of(vfs);
        let watched = file.cast::<WatchedFile>();
        (*watched).base.pMethods = ptr::null();
        let open = (*watch.usual).xOpen.expect("every file system opens");
        let opened = open(watch.usual, name, usual_file(file), flags, out_flags);
        if opened == ffi::SQLITE_OK {
            (*watched).watch = watch;
            (*watched).path = if name.is_null() {
                ptr::null_mut()
            } else {
                Box::into_raw(Box::new(path(name)))
            };
            (*watched).base.pMethods = &raw const METHODS;
        }
        opened
    }
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_dir: c_int,
) -> c_int {
    // SAFETY: SQLite gives a name; the usual file system takes the same arguments.
    unsafe {
        let watch = watch_of(vfs);
        let delete = (*watch.usual).xDelete.expect("every file system deletes");
        let deleted = delete(watch.usual, name, sync_dir);
        if deleted == ffi::SQLITE_OK {
            watch.log.delete(&path(name));
            if sync_dir != 0 {
                watch.log.sync(&path(name));
            }
        }
        deleted
    }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: the usual file system takes the same arguments.
    unsafe {
        let usual = watch_of(vfs).usual;
        (*usual).xAccess.expect("every file system looks")(usual, name, flags, out)
    }
}

unsafe extern "C" fn full_path_name(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    length: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: the usual file system takes the same arguments.
    unsafe {
        let usual = watch_of(vfs).usual;
        (*usual).xFullPathname.expect("every file system names")(usual, name, length, out)
    }
}

/// Methods of version 2: with shared memory, which the write-ahead log needs, without memory
/// mapping, which would go around ours.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Calls a method of the usual file with the same arguments.
macro_rules! usual {
    ($file:ident . $method:ident ( $($argument:expr),* )) => {{
        // SAFETY: SQLite calls methods on open files only, and the usual file takes the same.
        unsafe {
            let file = usual_file($file);
            let method = (*(*file).pMethods).$method.expect("the usual file system has it");
            method(file $(, $argument)*)
        }
    }};
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    let closed = usual!(file.xClose());
    // SAFETY: the path was leaked by `open` and is taken back once, as files are closed once.
    unsafe {
        let watched = file.cast::<WatchedFile>();
        if !(*watched).path.is_null() {
            drop(Box::from_raw((*watched).path));
            (*watched).path = ptr::null_mut();
        }
    }
    closed
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    usual!(file.xRead(into, length, offset))
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let mut full = false;
    // SAFETY: the file is open.
    unsafe { note(file, |log, _| full = log.is_full()) };
    if full {
        return ffi::SQLITE_FULL;
    }
    let written = usual!(file.xWrite(from, length, offset));
    if written == ffi::SQLITE_OK {
        let length = usize::try_from(length).expect("lengths are not negative");
        let offset = u64::try_from(offset).expect("offsets are not negative");
        // SAFETY: SQLite gives `length` bytes at `from`.
        unsafe {
            let bytes = std::slice::from_raw_parts(from.cast::<u8>(), length);
            note(file, |log, path| log.write(path, offset, bytes));
        }
    }
    written
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    let truncated = usual!(file.xTruncate(length));
    if truncated == ffi::SQLITE_OK {
        let length = u64::try_from(length).expect("lengths are not negative");
        // SAFETY: the file is open.
        unsafe { note(file, |log, path| log.truncate(path, length)) };
    }
    truncated
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    let synced = usual!(file.xSync(flags));
    if synced == ffi::SQLITE_OK {
        // SAFETY: the file is open.
        unsafe { note(file, |log, path| log.sync(path)) };
    }
    synced
}

unsafe extern "C" fn file_size(
    file: *mut ffi::sqlite3_file,
    out: *mut ffi::sqlite3_int64,
) -> c_int {
    usual!(file.xFileSize(out))
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    usual!(file.xLock(level))
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    usual!(file.xUnlock(level))
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    usual!(file.xCheckReservedLock(out))
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    operation: c_int,
    argument: *mut c_void,
) -> c_int {
    usual!(file.xFileControl(operation, argument))
}

unsafe extern "C" fn sector_size(file: *mut ffi::sqlite3_file) -> c_int {
    usual!(file.xSectorSize())
}

unsafe extern "C" fn device_characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    usual!(file.xDeviceCharacteristics())
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    length: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    usual!(file.xShmMap(region, length, extend, out))
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    offset: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    usual!(file.xShmLock(offset, count, flags))
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    usual!(file.xShmBarrier());
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    usual!(file.xShmUnmap(delete))
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NewsBot.Testing.Simulation;

/// <summary>
/// A disk for SQLite that fails as the weather says: a thin layer above the system's own files.
/// Source: https://sqlite.org/c3ref/vfs.html and https://sqlite.org/c3ref/io_methods.html
/// </summary>
internal static unsafe class FaultyDisk
{
    private const string Name = "newsbot-faulty";

    // Before the system's own file lies ours: its methods, and which weather it is under.
    private const int Header = 32;

    private static readonly ConcurrentDictionary<string, int> Known = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<int, DiskWeather> Weathers = new();
    private static readonly Lock Installing = new();

    private static Vfs* _system;
    private static Vfs* _faulty;
    private static Methods* _methods;
    private static int _ids;

    /// <summary>Names a database file so that it lies on this disk.</summary>
    /// <param name="file">Its full path.</param>
    /// <param name="weather">What becomes of it.</param>
    public static string Place(string file, DiskWeather weather)
    {
        Install();
        var id = Interlocked.Increment(ref _ids);
        Weathers[id] = weather;
        Known[file] = id;
        return $"file:{file}?vfs={Name}";
    }

    /// <summary>Forgets a file.</summary>
    public static void Remove(string file)
    {
        if (Known.TryRemove(file, out var id))
        {
            Weathers.TryRemove(id, out _);
        }
    }

    private static void Install()
    {
        lock (Installing)
        {
            if (_faulty is not null)
            {
                return;
            }

            SQLitePCL.Batteries_V2.Init();
            var library = NativeLibrary.Load("e_sqlite3", typeof(SQLitePCL.raw).Assembly, searchPath: null);
            var find = (delegate* unmanaged[Cdecl]<byte*, Vfs*>)NativeLibrary.GetExport(library, "sqlite3_vfs_find");
            var register = (delegate* unmanaged[Cdecl]<Vfs*, int, int>)
                NativeLibrary.GetExport(library, "sqlite3_vfs_register");
            _system = find(null);
            _methods = (Methods*)NativeMemory.AllocZeroed((nuint)sizeof(Methods));
            *_methods = OwnMethods();
            var faulty = (Vfs*)NativeMemory.AllocZeroed((nuint)sizeof(Vfs));
            *faulty = *_system;
            faulty->Next = null;
            faulty->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
            faulty->FileSize = Header + _system->FileSize;
            faulty->Open = &Open;
            _ = register(faulty, 0);
            _faulty = faulty;
        }
    }

    private static Methods OwnMethods() =>
        new()
        {
            // Without the third version's mapped memory: every access has to come by here.
            Version = 2,
            Close = &Close,
            Read = &Read,
            Write = &Write,
            Truncate = &Truncate,
            Sync = &Sync,
            FileSize = &FileSize,
            Lock = &LockFile,
            Unlock = &Unlock,
            CheckReservedLock = &CheckReservedLock,
            FileControl = &FileControl,
            SectorSize = &SectorSize,
            DeviceCharacteristics = &DeviceCharacteristics,
            ShmMap = &ShmMap,
            ShmLock = &ShmLock,
            ShmBarrier = &ShmBarrier,
            ShmUnmap = &ShmUnmap,
        };

    private static DiskWeather? Of(OpenFile* file) => Weathers.GetValueOrDefault(file->Weather);

    private static OpenFile* Inner(OpenFile* file) => (OpenFile*)((byte*)file + Header);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, OpenFile* file, int flags, int* opened)
    {
        var path = Marshal.PtrToStringUTF8((nint)name) ?? "";
        // The log beside a database is named after it.
        var isLog = path.EndsWith("-wal", StringComparison.Ordinal);
        file->Methods = null;
        file->Weather = Known.GetValueOrDefault(isLog ? path[..^"-wal".Length] : path);
        file->IsLog = isLog;
        var result = _system->Open(_system, name, Inner(file), flags, opened);
        if (Inner(file)->Methods is not null)
        {
            file->Methods = _methods;
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(OpenFile* file) => Inner(file)->Methods->Close(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(OpenFile* file, void* into, int count, long at)
    {
        var weather = Of(file);
        if (weather?.Read() is int bad and not 0)
        {
            return bad;
        }

        var result = Inner(file)->Methods->Read(Inner(file), into, count, at);
        if (result == DiskWeather.Ok && !file->IsLog)
        {
            weather?.Ruin(new Span<byte>(into, count), at);
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(OpenFile* file, void* from, int count, long at) =>
        Of(file)?.Write() is int bad and not 0 ? bad : Inner(file)->Methods->Write(Inner(file), from, count, at);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(OpenFile* file, long size) => Inner(file)->Methods->Truncate(Inner(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(OpenFile* file, int flags) =>
        Of(file)?.Sync() is int bad and not 0 ? bad : Inner(file)->Methods->Sync(Inner(file), flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(OpenFile* file, long* size) => Inner(file)->Methods->FileSize(Inner(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int LockFile(OpenFile* file, int level) => Inner(file)->Methods->Lock(Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(OpenFile* file, int level) => Inner(file)->Methods->Unlock(Inner(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(OpenFile* file, int* isHeld) =>
        Inner(file)->Methods->CheckReservedLock(Inner(file), isHeld);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(OpenFile* file, int what, void* argument) =>
        Inner(file)->Methods->FileControl(Inner(file), what, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(OpenFile* file) => Inner(file)->Methods->SectorSize(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(OpenFile* file) =>
        Inner(file)->Methods->DeviceCharacteristics(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmMap(OpenFile* file, int page, int size, int extend, void** map) =>
        Inner(file)->Methods->ShmMap(Inner(file), page, size, extend, map);

    // In write-ahead mode the writer's lock lies here: the first of the eight, taken exclusively.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmLock(OpenFile* file, int offset, int count, int flags)
    {
        const int TakeAlone = 2 | 8;
        return offset == 0 && flags == TakeAlone && Of(file)?.Lock() is int bad and not 0
            ? bad
            : Inner(file)->Methods->ShmLock(Inner(file), offset, count, flags);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ShmBarrier(OpenFile* file) => Inner(file)->Methods->ShmBarrier(Inner(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ShmUnmap(OpenFile* file, int deletes) => Inner(file)->Methods->ShmUnmap(Inner(file), deletes);

    [StructLayout(LayoutKind.Sequential)]
    private struct OpenFile
    {
        public Methods* Methods;
        public int Weather;
        public bool IsLog;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Vfs
    {
        public int Version;
        public int FileSize;
        public int LongestPath;
        public Vfs* Next;
        public byte* Name;
        public void* Data;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, OpenFile*, int, int*, int> Open;

        // What is asked of the system as it is.
        private fixed long _others[14];
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Methods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> Close;
        public delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<OpenFile*, void*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<OpenFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<OpenFile*, long*, int> FileSize;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Lock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> Unlock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int*, int> CheckReservedLock;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, void*, int> FileControl;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> SectorSize;
        public delegate* unmanaged[Cdecl]<OpenFile*, int> DeviceCharacteristics;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int, int, void**, int> ShmMap;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int, int, int> ShmLock;
        public delegate* unmanaged[Cdecl]<OpenFile*, void> ShmBarrier;
        public delegate* unmanaged[Cdecl]<OpenFile*, int, int> ShmUnmap;
    }
}

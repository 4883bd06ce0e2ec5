using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace NewsBot.Testing.Crash;

/// <summary>
/// Ends the process it is in, as SIGKILL does, right before or right after SQLite commits a transaction in which a certain
/// statement ran. It is brought into the program from outside: SQLite itself tells it of every statement.
/// </summary>
internal static unsafe class CommitHook
{
    /// <summary>The statement, by the words it begins with or holds; nothing happens without it.</summary>
    public const string Statement = "NEWSBOT_CRASH_STATEMENT";

    /// <summary>"before" or "after" the commit.</summary>
    public const string Moment = "NEWSBOT_CRASH_MOMENT";

    /// <summary>At which such commit, from 1.</summary>
    public const string Time = "NEWSBOT_CRASH_TIME";

    private const int KillSignal = 9;

    // Source: https://sqlite.org/c3ref/c_trace.html
    private const uint Begins = 0x01;
    private const uint Ended = 0x02;

    private static readonly ConcurrentDictionary<nint, bool> Touched = new();

    private static byte[] _statement = [];
    private static bool _isAfter;
    private static int _left;
    private static delegate* unmanaged[Cdecl]<
        nint,
        uint,
        delegate* unmanaged[Cdecl]<uint, nint, nint, nint, int>,
        nint,
        int> _trace;
    private static delegate* unmanaged[Cdecl]<nint, nint> _text;

    /// <summary>Asks SQLite to tell of every connection that is opened from now on.</summary>
    public static void Install()
    {
        if (Environment.GetEnvironmentVariable(Statement) is not { Length: > 0 } statement)
        {
            return;
        }

        _statement = Encoding.UTF8.GetBytes(statement);
        _isAfter = Environment.GetEnvironmentVariable(Moment) == "after";
        _left = int.Parse(Environment.GetEnvironmentVariable(Time) ?? "1", CultureInfo.InvariantCulture);
        var library = NativeLibrary.Load("e_sqlite3", typeof(CommitHook).Assembly, searchPath: null);
        _trace = (delegate* unmanaged[Cdecl]<
            nint,
            uint,
            delegate* unmanaged[Cdecl]<uint, nint, nint, nint, int>,
            nint,
            int>)
            NativeLibrary.GetExport(library, "sqlite3_trace_v2");
        _text = (delegate* unmanaged[Cdecl]<nint, nint>)NativeLibrary.GetExport(library, "sqlite3_sql");
        var onOpen = (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<nint, nint, nint, int>, int>)
            NativeLibrary.GetExport(library, "sqlite3_auto_extension");
        _ = onOpen(&Opened);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Opened(nint connection, nint error, nint routines) =>
        _trace(connection, Begins | Ended, &Told, connection);

    // "kind" says whether a statement begins, with its text in "more", or has ended.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Told(uint kind, nint connection, nint statement, nint more)
    {
        var text = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(
            (byte*)(kind == Begins ? more : _text(statement))
        );
        if (text.StartsWith("COMMIT"u8))
        {
            if (Touched.ContainsKey(connection) && _isAfter == (kind == Ended))
            {
                if (Interlocked.Decrement(ref _left) == 0)
                {
                    _ = Kill(Environment.ProcessId, KillSignal);
                }
            }

            if (kind == Ended)
            {
                Touched.TryRemove(connection, out _);
            }
        }
        else if (kind == Begins && text.StartsWith("BEGIN"u8))
        {
            Touched.TryRemove(connection, out _);
        }
        else if (kind == Begins && text.IndexOf(_statement) >= 0)
        {
            Touched[connection] = true;
        }

        return 0;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}

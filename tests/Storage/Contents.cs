namespace MicroFirmware.Storage.Tests;

/// <summary>What is in a database, in a form that can be compared.</summary>
internal static class Contents
{
    /// <summary>Columns, keys, indices and triggers, however their SQL was written: names in order of name, columns in
    /// theirs.</summary>
    public static string[] TablesOf(Database database) =>
    [
        .. Texts(database, """
            SELECT s.type || ' ' || s.name || ': ' || coalesce((
              SELECT group_concat(c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '-')
                || ' ' || c.pk, ', ') FROM pragma_table_info(s.name) c), '')
            FROM sqlite_schema s WHERE s.name NOT LIKE 'sqlite_%' ORDER BY s.type, s.name
            """),
    ];

    /// <summary>The rows of every table, each as its table's name and its values as SQL.</summary>
    public static Dictionary<string, string[]> RowsOf(Database database) => NamesOf(database).ToDictionary(
        table => table, table => RowsOf(database, table, ColumnsOf(database, table)));

    /// <summary>The rows of one table, some columns of it.</summary>
    public static string[] RowsOf(Database database, string table, string[] columns) =>
        [.. Texts(database, $"SELECT {string.Join("|| ',' ||", columns.Select(Quoted))} FROM {table} ORDER BY 1")];

    /// <summary>The columns of a table.</summary>
    public static string[] ColumnsOf(Database database, string table) =>
        [.. Texts(database, $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid")];

    private static string Quoted(string column) => $"quote({column})";

    private static IEnumerable<string> NamesOf(Database database) => Texts(database,
        "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY name");

    private static List<string> Texts(Database database, string sql)
    {
        List<string> texts = [];
        Statement statement = database.Prepare(sql);
        while (statement.Read())
        {
            texts.Add(statement.Text(0));
        }

        return texts;
    }
}

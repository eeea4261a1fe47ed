namespace System.Collections
{
    public class DictionaryEntry
    {
        public object Key;
        public object Value;

        public extern DictionaryEntry(object key, object value);
    }
}

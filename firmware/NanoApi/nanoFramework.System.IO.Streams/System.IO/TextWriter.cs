using System.Text;

namespace System.IO
{
    public abstract class TextWriter : MarshalByRefObject, IDisposable
    {
        protected extern TextWriter();

        public virtual extern Encoding Encoding { get; }
        public virtual extern string NewLine { get; set; }

        public virtual extern void Close();
        protected virtual extern void Dispose(bool disposing);
        public extern void Dispose();
        public virtual extern void Flush();
        public virtual extern void Write(char value);
        public extern void Write(char[] buffer);
        public extern void Write(char[] buffer, int index, int count);
        public extern void Write(bool value);
        public extern void Write(int value);
        public extern void Write(uint value);
        public extern void Write(long value);
        public extern void Write(ulong value);
        public extern void Write(float value);
        public extern void Write(double value);
        public virtual extern void Write(string value);
        public extern void Write(object value);
        public virtual extern void WriteLine();
        public extern void WriteLine(char value);
        public extern void WriteLine(char[] buffer);
        public extern void WriteLine(char[] buffer, int index, int count);
        public extern void WriteLine(bool value);
        public extern void WriteLine(int value);
        public extern void WriteLine(uint value);
        public extern void WriteLine(long value);
        public extern void WriteLine(ulong value);
        public extern void WriteLine(float value);
        public extern void WriteLine(double value);
        public virtual extern void WriteLine(string value);
        public extern void WriteLine(object value);
    }
}
